package io.kontor.api.ensemble;

import java.util.function.IntToDoubleFunction;

/**
 * Whom to listen to in a segment: the member that lost least there, where its mean loss is drawn towards what it lost in all segments, the more
 * the fewer cases the segment has. A segment of a few cases then has the best member of all, and does not pick the luckiest one. (Shrinking
 * many means towards their common one beats taking them as they are: James and Stein, Estimation with quadratic loss, 1961; Efron and Morris,
 * Data analysis using Stein's estimator and its generalizations, 1975.) Not safe for use by several threads while losses are added.
 */
public final class SegmentChoice {

    private final double prior;
    private final double[][] losses;
    private final long[] cases;

    /**
     * Nothing was lost yet.
     *
     * @param segments how many segments there are
     * @param members how many members there are
     * @param prior with so many cases a segment counts as much as all segments together; above 0
     */
    public SegmentChoice(int segments, int members, double prior) {
        this.prior = prior;
        this.losses = new double[segments][members];
        this.cases = new long[segments];
    }

    /**
     * Adds a case.
     *
     * @param segment its segment, from 0
     * @param lost what each member lost
     */
    public void add(int segment, double[] lost) {
        cases[segment]++;
        for (int member = 0; member < lost.length; member++) {
            losses[segment][member] += lost[member];
        }
    }

    /**
     * How many cases a segment has.
     *
     * @param segment the segment
     * @return the cases
     */
    public long cases(int segment) {
        return cases[segment];
    }

    /**
     * What a member lost on average over all cases.
     *
     * @param member the member
     * @return the mean; NaN without a case
     */
    public double loss(int member) {
        double sum = 0;
        long count = 0;
        for (int segment = 0; segment < cases.length; segment++) {
            sum += losses[segment][member];
            count += cases[segment];
        }
        return sum / count;
    }

    /**
     * What a member is expected to lose in a segment.
     *
     * @param segment the segment
     * @param member the member
     * @return its mean loss there, drawn towards its mean loss over all cases
     */
    public double loss(int segment, int member) {
        return (losses[segment][member] + prior * loss(member)) / (cases[segment] + prior);
    }

    /**
     * The member that lost least over all cases.
     *
     * @return the member; the first one of equals
     */
    public int best() {
        int best = 0;
        for (int member = 1; member < losses[0].length; member++) {
            best = loss(member) < loss(best) ? member : best;
        }
        return best;
    }

    /**
     * The member that is expected to lose least in a segment.
     *
     * @param segment the segment
     * @return the member
     */
    public int best(int segment) {
        return best(segment, this::loss);
    }

    /**
     * The same where the losses are not drawn towards those of all cases but towards those of a wider segment, which in turn may be.
     *
     * @param segment the segment
     * @param wider what each member is expected to lose in the wider segment
     * @return the member; the first one of equals
     */
    public int best(int segment, IntToDoubleFunction wider) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int member = 0; member < losses[segment].length; member++) {
            double expected = (losses[segment][member] + prior * wider.applyAsDouble(member)) / (cases[segment] + prior);
            if (best < 0 || expected < least) {
                least = expected;
                best = member;
            }
        }
        return best;
    }
}
