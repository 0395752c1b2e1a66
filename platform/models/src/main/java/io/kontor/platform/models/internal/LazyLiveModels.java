package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.internal.ChampionIndex.Champion;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Live models by plugin and store. A model is loaded when it is first asked for, on a thread of its plugin's own, never on the request's.
 * When another model becomes the champion, it is loaded beside the present one, which answers until the new one is ready. Models of plugins
 * that were stopped, disabled or deleted are dropped, so that no class loader is held.
 */
@Component(service = LiveModels.class)
public final class LazyLiveModels implements LiveModels {

    private static final long SWEEP_SECONDS = 30;

    private final ChampionIndex index;
    private final ActivePlugins active;
    private final ModelLoader loader;
    private final ConcurrentMap<Key, ModelSlot> slots = new ConcurrentHashMap<>();
    private final Runnable unfollow;
    private final ScheduledExecutorService sweeper;
    private final BundleContext context;
    private final SynchronousBundleListener stopped = this::bundleChanged;

    /**
     * Nothing is loaded yet.
     *
     * @param index which models serve
     * @param files where artifacts are kept
     * @param active which plugins run
     * @param context tells when bundles stop
     */
    @Activate
    public LazyLiveModels(@Reference ChampionIndex index, @Reference ArtifactFiles files, @Reference ActivePlugins active,
            BundleContext context) {
        this.index = index;
        this.active = active;
        this.loader = new ModelLoader(files);
        this.context = context;
        this.unfollow = index.follow(this::championChanged);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kontor-models-idle");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        context.addBundleListener(stopped);
    }

    @Override
    public boolean hasChampion(String store, String plugin) {
        return index.champion(new Key(store, plugin)).isPresent();
    }

    @Override
    public Optional<Live> champion(PluginInstance instance, Duration patience) {
        Key key = new Key(instance.store(), instance.plugin());
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Champion> champion = index.champion(key);
            if (champion.isEmpty()) {
                return Optional.empty();
            }
            ModelSlot slot = slots.computeIfAbsent(key, k -> new ModelSlot(k, loader));
            Live live = slot.liveFor(instance);
            if (live != null) {
                if (!live.id().equals(champion.get().id())) {
                    slot.load(instance, champion.get());
                }
                return Optional.of(live);
            }
            slot.throwRecentFailure(instance, champion.get());
            if (!slot.load(instance, champion.get()).await(patience, until - System.nanoTime())) {
                throw new KontorException(Kind.CAPACITY, "The model of plugin " + key.plugin() + " for store " + key.store()
                        + " is still being loaded; try again in a moment.");
            }
        }
    }

    /** The first champion and those of models in use are loaded at once, so that the next request need not wait. */
    private void championChanged(Key key) {
        Optional<Champion> champion = index.champion(key);
        if (champion.isEmpty()) {
            slots.remove(key);
        } else if (champion.get().number() == 1 || slots.containsKey(key)) {
            active.instance(key.store(), key.plugin())
                    .ifPresent(instance -> slots.computeIfAbsent(key, k -> new ModelSlot(k, loader)).load(instance, champion.get()));
        }
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED) {
            drop(event.getBundle());
        }
    }

    private void drop(Bundle bundle) {
        slots.values().removeIf(slot -> slot.isOf(bundle));
    }

    /** Drops what no instance can use any more, and gives up loads that take too long. */
    void sweep() {
        slots.forEach((key, slot) -> {
            slot.giveUpIfStuck();
            if (active.instance(key.store(), key.plugin()).isEmpty()) {
                slots.remove(key, slot);
            }
        });
    }

    /** Lets go of everything. */
    @Deactivate
    void stop() {
        context.removeBundleListener(stopped);
        unfollow.run();
        sweeper.shutdownNow();
        loader.close();
        slots.clear();
    }
}
