package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.models.internal.FamilyEvaluation.Holdout;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.profile.Counting;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks at the store's records with the champion's profile and with the champion itself. */
@Component(service = ModelChecks.class)
public final class ChampionChecks implements ModelChecks {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataAccess data;
    private final Stores stores;
    private final ActivePlugins active;
    private final LiveModels models;
    private final DatabaseModelRegistry registry;
    private final PluginCatalogue catalogue;
    private final ModelLoader loader;

    /**
     * Made by Declarative Services.
     *
     * @param data the records of stores
     * @param stores which stores there are
     * @param active which plugins run for them
     * @param models the champions
     * @param registry where they come from
     * @param catalogue tells a plugin's family
     * @param files where artifacts are kept
     */
    @Activate
    public ChampionChecks(@Reference DataAccess data, @Reference Stores stores, @Reference ActivePlugins active,
            @Reference LiveModels models, @Reference DatabaseModelRegistry registry, @Reference PluginCatalogue catalogue,
            @Reference ArtifactFiles files) {
        this.data = data;
        this.stores = stores;
        this.active = active;
        this.models = models;
        this.registry = registry;
        this.catalogue = catalogue;
        this.loader = new ModelLoader(files);
    }

    @Override
    public Optional<ReferenceProfile> profile(String store, String model) {
        return registry.profile(store, model);
    }

    @Override
    public ReferenceProfile latest(String store, String family, ReferenceProfile reference, JobContext job) {
        List<DataAccess.Extent> extents = data.extents(store);
        List<Source> sources = new ArrayList<>();
        try (Snapshot snapshot = data.snapshot(store, family)) {
            Map<String, String> categories = Slicing.categories(snapshot);
            for (Source source : reference.sources()) {
                sources.add(Counting.latest(source, snapshot, end(extents, source.name()), categories, job));
            }
        }
        return new ReferenceProfile(sources, null);
    }

    /** Just after the latest record that is not of the future. */
    private static Instant end(List<DataAccess.Extent> extents, String source) {
        List<Entity> entities = Entity.of(source).map(List::of).orElse(List.of(Entity.ORDERS, Entity.EVENTS));
        Instant now = Instant.now();
        return extents.stream().filter(extent -> entities.contains(extent.entity())).map(DataAccess.Extent::to).filter(Objects::nonNull)
                .max(Instant::compareTo).map(latest -> latest.plusMillis(1)).filter(latest -> latest.isBefore(now)).orElse(now);
    }

    @Override
    public Optional<Evaluation> since(String store, String plugin, JobContext job) {
        return after(store, plugin, job, (held, service, champion) -> judge(plugin, service, champion, held, job).evaluation());
    }

    @Override
    public Optional<Beside> beside(String store, String plugin, JobContext job) {
        Release release = models.release(store, plugin);
        return release.previous().flatMap(previous -> after(store, plugin, job, (held, service, champion) -> {
            Object old = loader.read(new Key(store, plugin), service, previous);
            Judgement own = judge(plugin, service, champion, held, job);
            Judgement before = judge(plugin, service, old, held, job);
            return new Beside(own.evaluation().primary(), own.evaluation().score(), before.evaluation().score(), own.evaluation().cases(),
                    new PromotionRule(release.policy()).clearlyWorse(own, before));
        }));
    }

    /** Something that is asked of models about records that came after their training. */
    @FunctionalInterface
    private interface Question<T> {

        T ask(Holdout held, Object service, Object champion);
    }

    private <T> Optional<T> after(String store, String plugin, JobContext job, Question<T> question) {
        Optional<PluginInstance> instance = active.instance(store, plugin);
        Optional<LiveModels.Live> live = instance.flatMap(one -> models.champion(one, PATIENCE));
        Optional<ModelVersion> model = live.flatMap(one -> registry.find(store, one.id()));
        Optional<Store> shop = stores.find(store);
        if (model.isEmpty() || shop.isEmpty() || model.get().provenance().snapshot().to() == null) {
            return Optional.empty();
        }
        Instant begin = model.get().provenance().snapshot().to().plusMillis(1);
        FamilyEvaluation evaluation = Evaluations.of(catalogue, plugin, instance.get().version());
        try (Snapshot database = data.snapshot(store, evaluation.family());
                PluginInstance.Lease lease = instance.get().lease().orElseThrow(() ->
                        new KontorException(Kind.PLUGIN, "Plugin " + plugin + " does not run for store " + store + "."))) {
            Optional<Holdout> holdout = evaluation.since(database.window(null, null), shop.get(), begin, model.get().provenance().seed(), job);
            return holdout.map(held -> question.ask(held, lease.service(), live.get().model()));
        }
    }

    private static Judgement judge(String plugin, Object service, Object model, Holdout holdout, JobContext job) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(service.getClass().getClassLoader());
        try {
            return holdout.judge(service, model, job);
        } catch (CancellationException | KontorException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw new KontorException(Kind.PLUGIN, "Plugin " + plugin + " failed at answering for what came since its training: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
