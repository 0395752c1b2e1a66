package io.kontor.platform.monitoring.internal;

import io.kontor.api.metric.ChiSquare;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Finding.Kind;
import io.kontor.platform.monitoring.Finding.State;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether outcomes still come, as they did in the weeks before: labels of transactions, feedback on lists. What comes in bursts is known by
 * its weeks: a week is no alarm when an earlier one had as few.
 */
final class Outcomes {

    private static final String WHAT = "outcomes";
    private static final int FEWEST = 20;
    private static final double HUNDRED = 100;
    /** Days without records that say nothing, beyond twice the longest time without any. */
    private static final int GRACE_DAYS = 2;

    private Outcomes() {
    }

    /**
     * Compares the latest week with those before.
     *
     * @param asked how many outcomes there might have been in each week, the latest last
     * @param known how many there were
     * @param policy by how much their share must fall
     * @return what it is
     */
    static Finding flow(long[] asked, long[] known, MonitoringPolicy policy) {
        int last = asked.length - 1;
        double askedBefore = 0;
        double knownBefore = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int week = 0; week < last; week++) {
            askedBefore += asked[week];
            knownBefore += known[week];
            least = asked[week] > 0 ? Math.min(least, (double) known[week] / asked[week]) : least;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("asked", (double) asked[last]);
        if (askedBefore > 0) {
            figures.put("shareBefore", knownBefore / askedBefore);
        }
        if (asked[last] > 0) {
            figures.put("share", (double) known[last] / asked[last]);
        }
        if (asked[last] < ModelChecks.FEWEST_ROWS || askedBefore < ModelChecks.FEWEST_ROWS || knownBefore < FEWEST) {
            return new Finding(Kind.OUTCOME, WHAT, State.TOO_LITTLE, figures, null, null);
        }
        double before = knownBefore / askedBefore;
        double now = (double) known[last] / asked[last];
        // Of all outcomes, so many are expected in the latest week when nothing has changed.
        double all = knownBefore + known[last];
        double share = asked[last] / (askedBefore + asked[last]);
        double deviation = known[last] - all * share;
        double probability = ChiSquare.survival(deviation * deviation / (all * share * (1 - share)), 1);
        figures.put("p", probability);
        boolean fell = now < before * (1 - policy.outcomePercent() / HUNDRED) && now < least && probability <= policy.significance();
        return new Finding(Kind.OUTCOME, WHAT, fell ? State.PROBLEM : State.WELL, figures, null, null);
    }

    /**
     * Whether records came lately, where they came regularly.
     *
     * @param gapDays the most days in a row without records among those that were learned from
     * @param daysAtTraining how old the latest record was at the training
     * @param days how old it is now
     * @return what it is
     */
    static Finding records(int gapDays, double daysAtTraining, double days) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("gapBefore", (double) gapDays);
        figures.put("days", days);
        double limit = 2.0 * gapDays + GRACE_DAYS;
        State state = daysAtTraining > limit ? State.TOO_LITTLE : days > limit ? State.PROBLEM : State.WELL;
        return new Finding(Kind.OUTCOME, WHAT, state, figures, null, null);
    }
}
