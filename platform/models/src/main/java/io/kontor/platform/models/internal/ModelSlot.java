package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.models.LiveModels.Live;
import io.kontor.platform.models.Release.Bearer;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.PluginInstance;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one live model. At most one load runs at a time; while it runs, the present object stays. A failed load
 * is not tried again for a while.
 */
final class ModelSlot {

    private static final Logger LOG = LoggerFactory.getLogger(ModelSlot.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Key key;
    private final ModelLoader loader;
    private volatile LoadedModel loaded;
    private volatile Failure failure;
    private Loading loading;

    /** A load that was begun. */
    static final class Loading {

        private final long begun = System.nanoTime();
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Thread thread;

        /**
         * Waits for its end, but not for a load that took longer than the caller's patience already.
         *
         * @param patience how long the caller is willing to wait in all
         * @param left nanoseconds that are left of it
         * @return whether the load has ended, well or not
         */
        boolean await(Duration patience, long left) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                return done.getCount() == 0;
            }
            try {
                return done.await(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private record Failure(Reference<PluginInstance> instance, String model, KontorException reason, long until) {

        boolean appliesTo(PluginInstance asking, Bearer bearer) {
            return instance.refersTo(asking) && model.equals(bearer.id()) && System.nanoTime() - until < 0;
        }
    }

    /**
     * An empty place.
     *
     * @param key plugin and store
     * @param loader loads
     */
    ModelSlot(Key key, ModelLoader loader) {
        this.key = key;
        this.loader = loader;
    }

    Live liveFor(PluginInstance asking) {
        LoadedModel present = loaded;
        return present == null ? null : present.liveFor(asking);
    }

    void throwRecentFailure(PluginInstance asking, Bearer bearer) {
        Failure last = failure;
        if (last != null && last.appliesTo(asking, bearer)) {
            throw new KontorException(last.reason().kind(), last.reason().getMessage());
        }
    }

    /**
     * Begins a load, or joins the one that runs. Does nothing for a while after a failure.
     *
     * @param instance the instance that will ask the model
     * @param bearer which model
     * @return the load that runs; it may be for another model, so look again when it has ended
     */
    synchronized Loading load(PluginInstance instance, Bearer bearer) {
        if (loading != null) {
            return loading;
        }
        Loading begun = new Loading();
        Failure last = failure;
        if (last != null && last.appliesTo(instance, bearer)) {
            begun.done.countDown();
            return begun;
        }
        loading = begun;
        loader.submit(key.plugin(), () -> run(begun, instance, bearer));
        return begun;
    }

    private void run(Loading begun, PluginInstance instance, Bearer bearer) {
        begun.thread = Thread.currentThread();
        try (PluginInstance.Lease lease = instance.lease().orElseThrow(() -> new KontorException(Kind.CAPACITY, "Plugin " + key.plugin()
                + " is being stopped or replaced for store " + key.store() + "; try again in a moment."))) {
            LoadedModel present = loaded;
            Live live = present == null ? null : present.usableBy(lease.service(), bearer.id());
            if (live == null) {
                live = new Live(bearer.id(), bearer.number(), loader.read(key, lease.service(), bearer));
            }
            end(begun, LoadedModel.of(instance, lease.service(), live), null);
        } catch (KontorException e) {
            LOG.warn("Model {} of plugin {} for store {} could not be loaded: {}", bearer.id(), key.plugin(), key.store(), e.getMessage(), e);
            end(begun, null, failure(instance, bearer, e));
        } finally {
            begun.thread = null;
        }
    }

    /** Without the cause, which may belong to the plugin's classes. */
    private static Failure failure(PluginInstance instance, Bearer bearer, KontorException e) {
        return new Failure(new WeakReference<>(instance), bearer.id(), new KontorException(e.kind(), e.getMessage()),
                System.nanoTime() + RETRY_NANOS);
    }

    private synchronized void end(Loading ended, LoadedModel result, Failure reason) {
        if (loading == ended) {
            loading = null;
            failure = reason;
            if (result != null && runs(result.bundle())) {
                loaded = result;
            }
        }
        ended.done.countDown();
    }

    private static boolean runs(Bundle bundle) {
        return bundle == null || (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
    }

    boolean isOf(Bundle bundle) {
        LoadedModel present = loaded;
        return present != null && bundle.equals(present.bundle());
    }

    /** Stops waiting for a load whose plugin does not come back from reading; its thread is interrupted and left to itself. */
    synchronized void giveUpIfStuck() {
        Loading running = loading;
        Thread thread = running == null ? null : running.thread;
        if (thread != null && System.nanoTime() - running.begun > STUCK_NANOS) {
            LOG.warn("Plugin {} has been reading its model for store {} for more than a minute and is given up; disable it or deploy a "
                    + "version that works", key.plugin(), key.store());
            thread.interrupt();
            loading = null;
            running.done.countDown();
        }
    }
}
