package io.kontor.platform.monitoring.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.DecisionSamples;
import io.kontor.platform.decisions.DecisionSamples.Sample;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * One look at a champion: records, answers, outcomes, quality. A part that fails is noted and does not stop the others. For one thread.
 */
final class Watch {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int WEEKS_BEFORE = 4;
    /** Feedback needs this long to come. */
    private static final Duration RIPE = Duration.ofDays(1);

    private final ModelChecks checks;
    private final DataAccess data;
    private final DecisionSamples decisions;
    private final ModelVersion model;
    private final String family;
    private final Instant championSince;
    private final MonitoringPolicy policy;
    private final Instant now;
    private final JobContext job;

    /**
     * A look to be taken.
     *
     * @param checks looks at records and models
     * @param data the records of stores
     * @param decisions the log of decisions
     * @param model the champion
     * @param family the plugin's family
     * @param championSince since when it serves; null when unknown
     * @param policy what is a problem
     * @param now the present moment
     * @param job progress, log and cancel
     */
    Watch(ModelChecks checks, DataAccess data, DecisionSamples decisions, ModelVersion model, String family, Instant championSince,
            MonitoringPolicy policy, Instant now, JobContext job) {
        this.checks = checks;
        this.data = data;
        this.decisions = decisions;
        this.model = model;
        this.family = family;
        this.championSince = championSince;
        this.policy = policy;
        this.now = now;
        this.job = job;
    }

    Look look() {
        Optional<ReferenceProfile> reference = checks.profile(model.store(), model.id());
        List<Finding> findings = new ArrayList<>(compared(reference));
        job.progress(0.4, "looking at outcomes");
        findings.addAll(guarded(Kind.OUTCOME, "outcomes", () -> outcome(reference).stream().toList()));
        job.progress(0.5, "judging by what came since the training");
        String metric = model.evaluation() == null ? "quality" : model.evaluation().primary();
        findings.addAll(guarded(Kind.QUALITY, metric, () -> quality(metric)));
        return new Look(now, model.id(), model.number(), findings);
    }

    /** Records and answers, whose tests are adjusted together. */
    private List<Finding> compared(Optional<ReferenceProfile> reference) {
        Comparison comparison = new Comparison(policy);
        List<Finding> others = new ArrayList<>();
        job.progress(0, "comparing the records");
        others.addAll(guarded(Kind.INPUT, "records", () -> {
            if (reference.isEmpty()) {
                return List.of(new Finding(Kind.INPUT, "records", State.TOO_LITTLE, Map.of(), null, null));
            }
            comparison.inputs(reference.get(), checks.latest(model.store(), family, reference.get(), job));
            return List.of();
        }));
        job.progress(0.3, "comparing the answers");
        others.addAll(guarded(Kind.PREDICTION, "predictions", () -> {
            if (!family.equals(Family.PRICING)) {
                compareAnswers(comparison, reference.map(ReferenceProfile::predictions).orElse(null));
            }
            return List.of();
        }));
        List<Finding> all = new ArrayList<>(comparison.findings());
        all.addAll(others);
        return all;
    }

    /**
     * Transactions are scored alike whenever they come, so scores are compared with those of the held-out part. Lists and forecasts are asked
     * for otherwise than at the training, so those are compared with the model's own earlier answers.
     */
    private void compareAnswers(Comparison comparison, ColumnProfile heldOut) {
        double[] latest = values(now.minus(WEEK), now);
        ColumnProfile reference = heldOut;
        if (!family.equals(Family.RISK) || heldOut == null) {
            Instant earliest = now.minus(WEEK.multipliedBy(WEEKS_BEFORE + 1L));
            Instant from = championSince == null || championSince.isBefore(earliest) ? earliest : championSince;
            reference = ColumnProfile.ofNumbers("prediction", from.isBefore(now.minus(WEEK)) ? values(from, now.minus(WEEK)) : new double[0]);
        }
        comparison.predictions(reference, reference.count(latest));
    }

    private double[] values(Instant from, Instant until) {
        return decisions.of(model.store(), model.provenance().plugin(), from, until).stream()
                .filter(sample -> sample.model().filter(model.id()::equals).isPresent()).mapToDouble(Sample::value).toArray();
    }

    private Optional<Finding> outcome(Optional<ReferenceProfile> reference) {
        return switch (family) {
            case Family.RISK -> Optional.of(labels());
            case Family.RECOMMEND -> Optional.of(feedback());
            default -> reference.flatMap(this::sales);
        };
    }

    private Finding labels() {
        Instant end = latest(Entity.TRANSACTIONS).map(time -> time.plusMillis(1)).orElse(now);
        try (Snapshot snapshot = data.of(model.store()).snapshot()) {
            LabelWeeks weeks = LabelWeeks.of(snapshot, end, job);
            return Outcomes.flow(weeks.transactions(), weeks.labels(), policy);
        }
    }

    private Finding feedback() {
        long[] asked = new long[WEEKS_BEFORE + 1];
        long[] known = new long[asked.length];
        for (int week = 0; week < asked.length; week++) {
            Instant until = now.minus(RIPE).minus(WEEK.multipliedBy(asked.length - 1L - week));
            List<Sample> samples = decisions.of(model.store(), model.provenance().plugin(), until.minus(WEEK), until);
            asked[week] = samples.size();
            known[week] = samples.stream().filter(Sample::answered).count();
        }
        return Outcomes.flow(asked, known, policy);
    }

    /** Sales that never came: the records that demand is read from end long ago, and did not when the model was trained. */
    private Optional<Finding> sales(ReferenceProfile reference) {
        Optional<Source> source = reference.source(Entity.SALES.path()).or(() -> reference.source(Entity.ORDERS.path()));
        Optional<Instant> latest = source.flatMap(one -> latest(Entity.of(one.name()).orElseThrow()));
        return latest.map(last -> Outcomes.records(source.get().gapDays(), days(source.get().to(), model.provenance().trainedAt()),
                days(last, now)));
    }

    private static double days(Instant from, Instant to) {
        return (double) Duration.between(from, to).toHours() / Duration.ofDays(1).toHours();
    }

    private Optional<Instant> latest(Entity entity) {
        return data.extents(model.store()).stream().filter(extent -> extent.entity() == entity).map(DataAccess.Extent::to)
                .filter(Objects::nonNull).map(time -> time.isAfter(now) ? now : time).findFirst();
    }

    private List<Finding> quality(String metric) {
        if (model.evaluation() == null) {
            return List.of(new Finding(Kind.QUALITY, metric, State.TOO_LITTLE, Map.of(), null, null));
        }
        return List.of(checks.since(model.store(), model.provenance().plugin(), job)
                .map(since -> QualitySince.of(model.evaluation(), since, policy))
                .orElseGet(() -> new Finding(Kind.QUALITY, metric, State.TOO_LITTLE, Map.of("then", model.evaluation().score()), null, null)));
    }

    private List<Finding> guarded(Kind kind, String what, Supplier<List<Finding>> part) {
        try {
            return part.get();
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            job.log("The " + what + " could not be looked at: " + e.getMessage());
            return List.of(new Finding(kind, what, State.FAILED, Map.of(), null, null));
        }
    }
}
