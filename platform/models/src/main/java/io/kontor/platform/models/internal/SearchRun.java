package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.models.SettingsSearch;
import io.kontor.platform.models.SettingsSearch.Metric;
import io.kontor.platform.models.SettingsSearch.Outcome;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.SettingsSearch.Trial;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.models.internal.FamilyEvaluation.Holdout;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.search.Candidate;
import io.kontor.platform.models.internal.search.GridSearch;
import io.kontor.platform.models.internal.search.Observation;
import io.kontor.platform.models.internal.search.RandomSearch;
import io.kontor.platform.models.internal.search.Space;
import io.kontor.platform.models.internal.search.Strategy;
import io.kontor.platform.models.internal.search.SuccessiveHalving;
import io.kontor.platform.models.internal.search.TreeParzen;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.stores.Stores;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One search of one plugin for one store: hold the last part out, and before it a validation part; try settings by the validation part; in the
 * end judge the best, those in use and the baseline by the held-out part. Every trial is stored when it ends and the next one depends on the
 * stored ones only, so a run that is taken up again goes on where the first one was. The held-out part of a run that is taken up again may
 * begin later than the first one's, never earlier: what the trials were judged by stays the same.
 */
final class SearchRun {

    private static final double PREPARED = 0.05;
    private static final double TRIED = 0.9;
    /** The confidence of the interval of a difference. */
    private static final double LEVEL = 0.95;

    /**
     * What searches work with. Safe for use by several threads.
     *
     * @param data the records of stores
     * @param stores which stores there are
     * @param active which plugins run for them
     * @param activations makes instances for trials
     * @param recordings the records that runs share
     */
    record Means(DataAccess data, Stores stores, ActivePlugins active, Activations activations, Recordings recordings) {
    }

    private final Means means;
    private final SearchTable table;
    private final FamilyEvaluation evaluation;
    private final SettingsSearch search;
    private final Space space;
    private final Key key;
    private final JobContext context;

    /**
     * A run.
     *
     * @param means what searches work with
     * @param table where trials are stored
     * @param evaluation how the family's models are judged
     * @param search what is searched, and what was tried before
     * @param space the settings as a space
     * @param context progress, log and cancel
     */
    SearchRun(Means means, SearchTable table, FamilyEvaluation evaluation, SettingsSearch search, Space space, JobContext context) {
        this.means = means;
        this.table = table;
        this.evaluation = evaluation;
        this.search = search;
        this.space = space;
        this.key = new Key(search.store(), search.plugin());
        this.context = context;
    }

    /**
     * Searches.
     *
     * @param present the settings in use
     * @return how the best settings did
     * @throws IOException when the disk fails
     */
    Outcome run(Map<String, Object> present) throws IOException {
        Store shop = means.stores().find(key.store())
                .orElseThrow(() -> new KontorException(Kind.CONFIGURATION, "Store " + key.store() + " was deleted."));
        try (Snapshot database = means.data().snapshot(key.store(), evaluation.family());
                Recordings.Recording recording = means.recordings().open(key.store(), means.data().state(database));
                Snapshot snapshot = RecordedSnapshot.of(database, recording, new PartOfJob(context, 0, PREPARED, "reading the data"))) {
            PartOfJob preparing = new PartOfJob(context, 0, PREPARED, "holding a part out");
            Holdout last = holdOut(snapshot, shop, preparing);
            SearchTable.Start start = table.start(search.job(), new SearchTable.Start(last.begin(), known(present)));
            Snapshot before = start.heldFrom().equals(last.begin()) ? last.earlier() : snapshot.window(null, start.heldFrom());
            Holdout validation = holdOut(before, shop, preparing);
            SettingsSearch tried = new Trials(validation, start.present()).run();
            Outcome outcome = judge(tried, last, start.present());
            table.end(search.job(), outcome);
            context.log(outcome.reason());
            return outcome;
        }
    }

    /** Secrets stay those of the activation. */
    private static Map<String, Object> known(Map<String, Object> present) {
        Map<String, Object> known = new HashMap<>(present);
        known.values().removeIf("***"::equals);
        return known;
    }

    private Holdout holdOut(Snapshot records, Store shop, JobContext job) {
        return evaluation.holdOut(records, shop, search.terms().seed(), job).orElseThrow(() -> new KontorException(Kind.DATA,
                "There is too little data to search: a part must be held out to choose the settings by, and a later one to judge the choice."));
    }

    private Judgement compete(Map<String, Object> settings, Holdout holdout, JobContext job) {
        try (Activations.Trial trial = means.activations().trial(key.store(), key.plugin(), settings)) {
            return Contestant.judgedOnly(key, trial).compete(holdout, search.terms().seed(), new PartOfJob(job, 0, 0.8, "training"),
                    new PartOfJob(job, 0.8, 1, "judging"));
        } catch (SettingsRefusedException e) {
            throw new KontorException(Kind.CONFIGURATION, e.getMessage(), e);
        }
    }

    /** Stored trials, and those that follow. */
    private final class Trials {

        private final Holdout validation;
        private final Map<String, Object> present;
        private final Terms terms = search.terms();
        private final List<DataAccess.Extent> extents = means.data().extents(key.store());

        Trials(Holdout validation, Map<String, Object> present) {
            this.validation = validation;
            this.present = present;
        }

        SettingsSearch run() {
            SettingsSearch now = search.trials().isEmpty() ? inUse() : search;
            Strategy strategy = strategy(observation(now.trials().get(0), now.metric()));
            try {
                Optional<Candidate> next = next(strategy, now);
                while (next.isPresent()) {
                    now = attempt(next.get(), now);
                    next = next(strategy, now);
                }
            } catch (TimeUp e) {
                context.log("The time for trials is over.");
            }
            return now;
        }

        private Optional<Candidate> next(Strategy strategy, SettingsSearch now) {
            List<Trial> own = now.trials().subList(1, now.trials().size());
            if (own.size() >= terms.trials()) {
                return Optional.empty();
            }
            return strategy.next(own.stream().map(trial -> observation(trial, now.metric())).toList());
        }

        private static Observation observation(Trial trial, Metric metric) {
            return new Observation(trial.settings(), trial.share(), metric.higherIsBetter() ? -trial.score() : trial.score());
        }

        private Strategy strategy(Observation inUse) {
            return switch (terms.strategy()) {
                case GRID -> new GridSearch(space, terms.seed(), terms.trials());
                case RANDOM -> new RandomSearch(space, terms.seed());
                case HALVING -> new SuccessiveHalving(space, terms.seed(), terms.trials());
                case TPE -> new TreeParzen(space, terms.seed(), List.of(inUse));
            };
        }

        /** The settings in use, by which all others are measured: if they fail, so does the search. */
        private SettingsSearch inUse() {
            Map<String, Object> searched = new LinkedHashMap<>();
            terms.ranges().stream().filter(range -> present.get(range.name()) != null)
                    .forEach(range -> searched.put(range.name(), present.get(range.name())));
            long begin = System.nanoTime();
            Evaluation judged = compete(present, validation, part(SettingsSearch.PRESENT)).evaluation();
            if (Double.isNaN(judged.score())) {
                throw new KontorException(Kind.DATA, "The metric " + judged.primary() + " is undefined.");
            }
            return add(search, new Candidate(searched, 1), begin, judged, null, new Metric(judged.primary(), judged.higherIsBetter()));
        }

        private SettingsSearch attempt(Candidate candidate, SettingsSearch before) {
            int number = before.trials().size();
            double spent = before.trials().stream().filter(trial -> trial.number() != SettingsSearch.PRESENT).mapToDouble(Trial::seconds).sum();
            JobContext limited = TimeUp.after(part(number), terms.seconds() - spent);
            limited.checkCancelled();
            Map<String, Object> settings = new HashMap<>(present);
            settings.putAll(candidate.settings());
            long begin = System.nanoTime();
            Evaluation judged = null;
            String error = null;
            try {
                judged = compete(settings, LaterWindow.of(validation, candidate.share(), extents), limited).evaluation();
                if (Double.isNaN(judged.score())) {
                    error = "The metric " + judged.primary() + " is undefined.";
                }
            } catch (KontorException e) {
                if (e.kind() == Kind.INTERNAL) {
                    throw e;
                }
                error = e.getMessage();
            }
            return add(before, candidate, begin, error == null ? judged : null, error, before.metric());
        }

        private JobContext part(int number) {
            double step = (TRIED - PREPARED) / (terms.trials() + 1);
            return new PartOfJob(context, PREPARED + number * step, PREPARED + (number + 1) * step, number == SettingsSearch.PRESENT
                    ? "trying the settings in use" : "trial " + number + " of " + terms.trials());
        }

        /** Stores a trial and gives the search with it. */
        private SettingsSearch add(SettingsSearch before, Candidate candidate, long begin, Evaluation judged, String error, Metric metric) {
            int number = before.trials().size();
            Trial trial = new Trial(number, candidate.settings(), candidate.share(), judged == null ? Double.NaN : judged.score(),
                    judged == null ? Map.of() : judged.metrics(), (System.nanoTime() - begin) / 1e9,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS), error);
            table.add(search.job(), trial, metric);
            context.log(judged == null ? "Trial " + number + " failed: " + error
                    : "Trial " + number + " reached " + metric.name() + " " + number(judged.score()));
            List<Trial> trials = new ArrayList<>(before.trials());
            trials.add(trial);
            return new SettingsSearch(search.job(), search.store(), search.plugin(), terms, search.createdAt(), metric, trials, null, null);
        }
    }

    private Outcome judge(SettingsSearch tried, Holdout last, Map<String, Object> present) {
        long failed = tried.trials().stream().filter(Trial::failed).count();
        if (failed > 0 && failed == tried.trials().size() - 1) {
            throw new KontorException(Kind.PLUGIN, "All " + failed + " trials failed; the first one: " + tried.trials().get(1).error());
        }
        Trial best = tried.best().orElseThrow();
        Judgement inUse = compete(present, last, new PartOfJob(context, TRIED, 0.93, "judging the settings in use"));
        Judgement baseline = baseline(last);
        Evaluation cheap = baseline == null ? null : baseline.evaluation();
        if (best.number() == SettingsSearch.PRESENT) {
            return new Outcome(SettingsSearch.PRESENT, inUse.evaluation(), inUse.evaluation(), cheap, null,
                    "None of " + (tried.trials().size() - 1) + " trials was better than the settings in use.");
        }
        Map<String, Object> settings = new HashMap<>(present);
        settings.putAll(best.settings());
        Judgement found = compete(settings, last, new PartOfJob(context, 0.97, 1, "judging the best settings"));
        Difference difference = found.less(inUse, LEVEL);
        return new Outcome(best.number(), found.evaluation(), inUse.evaluation(), cheap, difference,
                reason(found.evaluation(), inUse.evaluation(), difference));
    }

    private static String reason(Evaluation found, Evaluation inUse, Difference difference) {
        String figures = "(" + found.primary() + " " + number(found.score()) + " against " + number(inUse.score()) + " on " + found.cases()
                + " held-out cases)";
        int margin = found.higherIsBetter() ? difference.sign() : -difference.sign();
        return margin > 0 ? "The best settings are clearly better than those in use " + figures + "."
                : margin < 0 ? "The best settings of the trials are clearly worse than those in use on later data " + figures + "."
                : "The best settings are not clearly different from those in use " + figures + ".";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private Judgement baseline(Holdout last) {
        Optional<String> plugin = means.active().instances(key.store(), evaluation.family()).stream().filter(PluginInstance::baseline)
                .map(PluginInstance::plugin).filter(one -> !one.equals(key.plugin())).findFirst();
        if (plugin.isEmpty()) {
            return null;
        }
        try (Activations.Trial trial = means.activations().trial(key.store(), plugin.get(), Map.of())) {
            return Contestant.judgedOnly(new Key(key.store(), plugin.get()), trial).compete(last, search.terms().seed(),
                    new PartOfJob(context, 0.93, 0.96, "training the baseline"), new PartOfJob(context, 0.96, 0.97, "judging the baseline"));
        } catch (NoSuchElementException | KontorException e) {
            context.log("The baseline is not compared with: " + e.getMessage());
            return null;
        }
    }
}
