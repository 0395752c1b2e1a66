package io.kontor.platform.monitoring.internal;

import io.kontor.api.metric.MultipleTests;
import io.kontor.api.metric.PopulationStability;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ColumnShift;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what is with what was, column by column. A column has changed when three things hold: its stability index is above the policy's
 * bound; it exceeds what the weeks of the reference themselves showed, so that a season is no alarm; and Smirnov's or Pearson's test, with all
 * tests of the look adjusted together ({@link MultipleTests#holm}), says that chance does not make it so. For one thread.
 */
final class Comparison {

    /** A stability index of the reference's own weeks must be exceeded by this factor. */
    private static final double BEYOND_ORDINARY = 1.25;
    /** Of records without a time, such as products. */
    private static final int FEWEST_WHOLE = 30;

    private final MonitoringPolicy policy;
    private final List<Compared> compared = new ArrayList<>();
    private final List<Finding> further = new ArrayList<>();

    /** A column whose tests are still to be adjusted. */
    private record Compared(Kind kind, String what, ColumnProfile reference, double[] now, ColumnShift shift) {
    }

    Comparison(MonitoringPolicy policy) {
        this.policy = policy;
    }

    /** Compares all columns of all sources. */
    Comparison inputs(ReferenceProfile reference, ReferenceProfile now) {
        for (Source before : reference.sources()) {
            Source after = now.source(before.name()).orElseThrow();
            for (int k = 0; k < before.columns().size(); k++) {
                add(Kind.INPUT, before.name() + "." + before.columns().get(k).column(), before.columns().get(k),
                        after.columns().get(k).counts(), before.to() == null ? FEWEST_WHOLE : ModelChecks.FEWEST_ROWS);
            }
        }
        return this;
    }

    /** Compares answers. */
    Comparison predictions(ColumnProfile reference, double[] now) {
        add(Kind.PREDICTION, "predictions", reference, now, ModelChecks.FEWEST_ROWS);
        return this;
    }

    private void add(Kind kind, String what, ColumnProfile reference, double[] now, int fewest) {
        double cases = reference.counted(now).cases();
        if (reference.cases() < fewest || cases < fewest) {
            further.add(new Finding(kind, what, State.TOO_LITTLE, Map.of("rows", cases), reference, now));
        } else if (reference.missing() < 1 || reference.counted(now).missing() < 1) {
            compared.add(new Compared(kind, what, reference, now, ColumnShift.of(reference, now)));
        }
    }

    /** All columns, in their order, then those of which too little is there. */
    List<Finding> findings() {
        double[] probabilities = new double[2 * compared.size()];
        for (int i = 0; i < compared.size(); i++) {
            probabilities[2 * i] = compared.get(i).shift.distanceProbability();
            probabilities[2 * i + 1] = compared.get(i).shift.sharesProbability();
        }
        double[] adjusted = MultipleTests.holm(probabilities);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            findings.add(finding(compared.get(i), Double.isNaN(adjusted[2 * i]) ? adjusted[2 * i + 1]
                    : Math.min(adjusted[2 * i], adjusted[2 * i + 1])));
        }
        findings.addAll(further);
        return findings;
    }

    private Finding finding(Compared one, double probability) {
        ColumnShift shift = one.shift;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("psi", shift.index());
        figures.put("ordinary", one.reference.ordinary());
        put(figures, "ks", shift.distance());
        put(figures, "p", probability);
        figures.put("missingBefore", one.reference.missing());
        figures.put("missingNow", one.reference.counted(one.now).missing());
        figures.put("rows", one.reference.counted(one.now).cases());
        boolean beyond = shift.excess() > BEYOND_ORDINARY * one.reference.ordinary() && probability <= policy.significance();
        State state = beyond && shift.index() >= policy.index() ? State.PROBLEM
                : beyond && shift.index() >= Math.min(policy.index(), PopulationStability.NO_CHANGE) ? State.CHANGED : State.WELL;
        return new Finding(one.kind, one.what, state, figures, one.reference, one.now);
    }

    private static void put(Map<String, Double> figures, String name, double value) {
        if (!Double.isNaN(value)) {
            figures.put(name, value);
        }
    }
}
