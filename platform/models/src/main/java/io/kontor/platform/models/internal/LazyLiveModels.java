package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.Release.Bearer;
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
import java.util.stream.Stream;
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
    private final ConcurrentMap<Place, ModelSlot> slots = new ConcurrentHashMap<>();
    /** Which champion answered last. */
    private final ConcurrentMap<Key, Place> serving = new ConcurrentHashMap<>();
    private final Runnable unfollow;
    private final ScheduledExecutorService sweeper;
    private final BundleContext context;
    private final SynchronousBundleListener stopped = this::bundleChanged;

    /** Where a model is. */
    private record Place(Key key, String model) {
    }

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
        this.unfollow = index.follow(this::changed);
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
    public Release release(String store, String plugin) {
        return index.release(new Key(store, plugin));
    }

    @Override
    public Optional<Live> champion(PluginInstance instance, Duration patience) {
        Key key = new Key(instance.store(), instance.plugin());
        Optional<Bearer> champion = index.champion(key);
        if (champion.isEmpty()) {
            return Optional.empty();
        }
        Place place = new Place(key, champion.get().id());
        ModelSlot slot = slot(place);
        Live live = slot.liveFor(instance);
        Place last = serving.get(key);
        if (live != null) {
            if (!place.equals(last)) {
                serving.put(key, place);
            }
            return Optional.of(live);
        }
        ModelSlot before = last == null || last.equals(place) ? null : slots.get(last);
        Live standIn = before == null ? null : before.liveFor(instance);
        if (standIn != null) {
            slot.load(instance, champion.get());
            return Optional.of(standIn);
        }
        Optional<Live> loaded = await(instance, ModelRegistry.CHAMPION, patience);
        loaded.ifPresent(one -> serving.put(key, new Place(key, one.id())));
        return loaded;
    }

    @Override
    public Optional<Live> bearer(PluginInstance instance, String alias, Duration patience) {
        return await(instance, alias, patience);
    }

    private Optional<Live> await(PluginInstance instance, String alias, Duration patience) {
        Key key = new Key(instance.store(), instance.plugin());
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<Bearer> bearer = index.release(key).bearer(alias);
            if (bearer.isEmpty()) {
                return Optional.empty();
            }
            ModelSlot slot = slot(new Place(key, bearer.get().id()));
            Live live = slot.liveFor(instance);
            if (live != null) {
                return Optional.of(live);
            }
            slot.throwRecentFailure(instance, bearer.get());
            if (!slot.load(instance, bearer.get()).await(patience, until - System.nanoTime())) {
                throw new KontorException(Kind.CAPACITY, "The model of plugin " + key.plugin() + " for store " + key.store()
                        + " is still being loaded; try again in a moment.");
            }
        }
    }

    private ModelSlot slot(Place place) {
        ModelSlot slot = slots.get(place);
        return slot != null ? slot : slots.computeIfAbsent(place, p -> new ModelSlot(p.key(), loader));
    }

    /** The first champion and the models of plugins in use are loaded at once, so that the next request need not wait. */
    private void changed(Key key) {
        Release release = index.release(key);
        if (release.champion().isEmpty()) {
            serving.remove(key);
            slots.keySet().removeIf(place -> place.key().equals(key));
        } else if (release.champion().get().number() == 1 || serving.containsKey(key)) {
            active.instance(key.store(), key.plugin()).ifPresent(instance -> {
                load(key, instance, release.champion());
                load(key, instance, release.canary() ? release.challenger() : Optional.empty());
            });
        }
    }

    private void load(Key key, PluginInstance instance, Optional<Bearer> bearer) {
        bearer.ifPresent(one -> {
            ModelSlot slot = slot(new Place(key, one.id()));
            if (slot.liveFor(instance) == null) {
                slot.load(instance, one);
            }
        });
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED) {
            drop(event.getBundle());
        }
    }

    private void drop(Bundle bundle) {
        slots.values().removeIf(slot -> slot.isOf(bundle));
    }

    /** Drops what no instance can use any more or has no part in serving, and gives up loads that take too long. */
    void sweep() {
        slots.forEach((place, slot) -> {
            slot.giveUpIfStuck();
            if (active.instance(place.key().store(), place.key().plugin()).isEmpty() || !hasPart(place)) {
                slots.remove(place, slot);
            }
        });
        serving.keySet().removeIf(key -> active.instance(key.store(), key.plugin()).isEmpty());
    }

    /** The champion to go back to keeps its place, so that going back need not load it. */
    private boolean hasPart(Place place) {
        Release release = index.release(place.key());
        return place.equals(serving.get(place.key()))
                || Stream.of(release.champion(), release.challenger(), release.shadow(), release.previous()).flatMap(Optional::stream)
                        .anyMatch(bearer -> bearer.id().equals(place.model()));
    }

    /** Lets go of everything. */
    @Deactivate
    void stop() {
        context.removeBundleListener(stopped);
        unfollow.run();
        sweeper.shutdownNow();
        loader.close();
        slots.clear();
        serving.clear();
    }
}
