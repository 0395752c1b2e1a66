package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Trainer;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.models.internal.FamilyEvaluation.Holdout;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.PromotionRule.Rival;
import io.kontor.api.store.Store;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.SettingsRefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One training run of one plugin for one store: hold a part out, train on the rest, judge against the baseline and the champion's settings,
 * train again on everything, write, register, promote. Until something is registered, a run that ends in whatever way leaves nothing behind.
 */
final class TrainingRun {

    private final Workshop workshop;
    private final FamilyEvaluation evaluation;
    private final String job;
    private final String store;
    private final long seed;
    private final JobContext context;

    /**
     * A run.
     *
     * @param workshop what runs work with
     * @param evaluation how the family's models are judged
     * @param job the job's id
     * @param store the store's id
     * @param seed the only source of randomness
     * @param context progress, log and cancel
     */
    TrainingRun(Workshop workshop, FamilyEvaluation evaluation, String job, String store, long seed, JobContext context) {
        this.workshop = workshop;
        this.evaluation = evaluation;
        this.job = job;
        this.store = store;
        this.seed = seed;
        this.context = context;
    }

    /**
     * Trains.
     *
     * @param candidate the plugin with the settings asked for
     * @param <M> the type of its model
     * @return the registered model with the decision on it
     * @throws IOException when the disk fails
     */
    <M> DatabaseModelRegistry.Registered train(Contestant<M> candidate) throws IOException {
        Store shop = workshop.stores().find(store)
                .orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION, "Store " + store + " was deleted."));
        try (Snapshot database = workshop.data().snapshot(store, evaluation.family());
                Recordings.Recording recording = workshop.recordings().open(store, workshop.data().state(database));
                Snapshot snapshot = RecordedSnapshot.of(database, recording, new PartOfJob(context, 0, 0.05, "reading the data"));
                Baseline baseline = openBaseline(candidate.key().plugin())) {
            Optional<Holdout> holdout = evaluation.holdOut(snapshot, shop, seed, new PartOfJob(context, 0, 0.05, "holding a part out"));
            Judgement own = holdout.flatMap(part -> compete(candidate, part)).orElse(null);
            Judgement other = own == null ? null : baseline.judge(holdout.get());
            Judgement old = own == null ? null : judgeChampionSettings(candidate, holdout.get());
            PromotionRule rule = new PromotionRule(policy(candidate.key()));
            Rival cheap = rule.rival("the baseline " + baseline.name(), own, other);
            Rival champion = rule.rival("the champion's settings", own, old);
            Verdict verdict = baseline.isCandidate()
                    ? new Verdict(true, "Promoted: the family's baseline always serves its newest model.")
                    : rule.decide(own, cheap, champion);
            Contestant.Learned<M> learned = candidate.learn(snapshot.window(null, null), seed,
                    new PartOfJob(context, 0.6, 0.85, "training on all data"));
            baseline.renew(snapshot, other);
            ReferenceProfile profile = Profiles.take(evaluation.family(), snapshot, learned.read().to(), own, context);
            PartOfJob writing = new PartOfJob(context, 0.9, 1, "writing the model");
            DatabaseModelRegistry.Registered registered = register(candidate, learned, Judged.of(own, cheap, champion), verdict,
                    profile);
            writing.log("Model " + registered.model().number() + " of plugin " + candidate.key().plugin() + ": "
                    + registered.verdict().reason());
            return registered;
        }
    }

    /** A first model serves by the default policy, whatever is wanted of those that come later. */
    private ReleasePolicy policy(Key key) {
        Release release = workshop.index().release(key);
        return release.champion().isPresent() ? release.policy() : ReleasePolicy.DEFAULT;
    }

    /** Empty when the earlier part alone is too little for the plugin; all of the data may be enough. */
    private Optional<Judgement> compete(Contestant<?> contestant, Holdout holdout) {
        try {
            return Optional.of(contestant.compete(holdout, seed, new PartOfJob(context, 0.05, 0.3, "training on "
                    + holdout.part()), new PartOfJob(context, 0.3, 0.4, "judging")));
        } catch (KontorException e) {
            if (e.kind() != KontorException.Kind.DATA) {
                throw e;
            }
            context.log("Too little to judge by is " + holdout.part() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Null when there is no champion, when it has the candidate's settings, or when its settings can no longer be used. */
    private Judgement judgeChampionSettings(Contestant<?> candidate, Holdout holdout) {
        Optional<ModelVersion> champion = workshop.index().champion(candidate.key())
                .flatMap(found -> workshop.registry().find(store, found.id()));
        if (champion.isEmpty() || workshop.json().equal(champion.get().provenance().settings(), candidate.settings())) {
            return null;
        }
        Map<String, Object> settings = new TreeMap<>(champion.get().provenance().settings());
        settings.values().removeIf("***"::equals);
        try (Activations.Trial trial = workshop.activations().trial(store, candidate.key().plugin(), settings)) {
            return Contestant.of(candidate.key(), trial).compete(holdout, seed, new PartOfJob(context, 0.45, 0.55,
                    "training with the champion's settings"), new PartOfJob(context, 0.55, 0.6, "judging the champion's settings"));
        } catch (SettingsRefusedException | NoSuchElementException | KontorException e) {
            context.log("The champion's settings are not compared with: " + e.getMessage());
            return null;
        }
    }

    private <M> DatabaseModelRegistry.Registered register(Contestant<M> contestant, Contestant.Learned<M> learned, Judged judged,
            Verdict verdict, ReferenceProfile profile) throws IOException {
        Key key = contestant.key();
        String id = UUID.randomUUID().toString();
        boolean registered = false;
        try {
            ArtifactFiles.Artifact artifact = contestant.write(workshop.files(), id, learned.model());
            context.checkCancelled();
            if (workshop.stores().find(store).isEmpty()) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, "Store " + store + " was deleted during the training.");
            }
            DatabaseModelRegistry.Registered model = workshop.registry().register(new NewModel(id, store, job, artifact,
                    contestant.provenance(learned, seed, workshop.code()), judged, verdict, profile));
            registered = true;
            workshop.prune(key);
            return model;
        } finally {
            if (!registered) {
                workshop.files().delete(key, id);
            }
        }
    }

    private Baseline openBaseline(String candidate) {
        Optional<String> plugin = workshop.active().instances(store, evaluation.family()).stream()
                .filter(PluginInstance::baseline).map(PluginInstance::plugin).findFirst();
        if (plugin.isEmpty() || plugin.get().equals(candidate)) {
            return new Baseline(plugin.isPresent(), null, null);
        }
        try {
            Activations.Trial trial = workshop.activations().trial(store, plugin.get(), Map.of());
            return new Baseline(false, trial, new Key(store, plugin.get()));
        } catch (NoSuchElementException | KontorException e) {
            context.log("There is no baseline to compare with: " + e.getMessage());
            return new Baseline(false, null, null);
        }
    }

    /** The family's baseline plugin, if the store has one. Its failures are noted and do not fail the candidate's run. */
    private final class Baseline implements AutoCloseable {

        private final boolean candidate;
        private final Activations.Trial trial;
        private final Key key;

        Baseline(boolean candidate, Activations.Trial trial, Key key) {
            this.candidate = candidate;
            this.trial = trial;
            this.key = key;
        }

        boolean isCandidate() {
            return candidate;
        }

        String name() {
            return key == null ? "" : key.plugin();
        }

        Judgement judge(Holdout holdout) {
            if (trial == null) {
                return null;
            }
            try {
                return Contestant.judgedOnly(key, trial).compete(holdout, seed, new PartOfJob(context, 0.4, 0.43, "training the baseline"),
                        new PartOfJob(context, 0.43, 0.45, "judging the baseline"));
            } catch (KontorException e) {
                context.log("The baseline is not compared with: " + e.getMessage());
                return null;
            }
        }

        /** Gives the baseline a model of the newest data, so that fallbacks are as fresh as what they stand in for. */
        void renew(Snapshot snapshot, Judgement judgement) throws IOException {
            if (trial != null && trial.service() instanceof Trainer<?>) {
                try {
                    renew(Contestant.of(key, trial), snapshot, judgement);
                } catch (KontorException e) {
                    context.log("The baseline keeps its model: " + e.getMessage());
                }
            }
        }

        private <M> void renew(Contestant<M> contestant, Snapshot snapshot, Judgement judgement) throws IOException {
            Contestant.Learned<M> learned = contestant.learn(snapshot.window(null, null), seed,
                    new PartOfJob(context, 0.85, 0.9, "training the baseline on all data"));
            boolean same = workshop.index().champion(key).flatMap(found -> workshop.registry().find(store, found.id()))
                    .map(ModelVersion::provenance)
                    .filter(old -> old.snapshot().hash().equals(learned.read().hash()) && old.pluginVersion().equals(contestant.version())
                            && workshop.json().equal(old.settings(), contestant.settings())).isPresent();
            if (!same) {
                register(contestant, learned, Judged.alone(judgement),
                        new Verdict(true, "Promoted: the family's baseline always serves its newest model."),
                        Profiles.take(evaluation.family(), snapshot, learned.read().to(), judgement, context));
            }
        }

        @Override
        public void close() {
            if (trial != null) {
                trial.close();
            }
        }
    }
}
