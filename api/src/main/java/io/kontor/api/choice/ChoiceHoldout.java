package io.kontor.api.choice;

import io.kontor.api.job.JobContext;
import io.kontor.api.metric.RankingMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Choices of which a part is hidden, to compare settings of a trainer among themselves: it learns from {@link #rest()} and is judged by the
 * mean nDCG at 10 of what it then ranks for the actors, over all products that they are not known to have chosen. What is hidden depends on
 * the records and a seed alone, not on times, so that it works in shops whose records have none worth the name. Where most actors chose two
 * products, every second one of these keeps both, as nothing could be learned from the others. Immutable.
 */
public final class ChoiceHoldout {

    private static final int K = 10;
    private static final int CASES_OF_A_PART = 256;
    private static final int MOST_AT_ONCE = 64;
    /** Scores that may be in memory at once, for each thread. */
    private static final int MOST_SCORES = 1 << 20;

    private final Choices rest;
    private final int[] actors;
    private final int[][] hidden;

    /** Scores all products for one actor, from what is known of it. Called by several threads at once. */
    @FunctionalInterface
    public interface Scorer {

        /**
         * Scores.
         *
         * @param chosen the products that the actor chose, newest first
         * @param weights how much each counts, above 0 and at most 1
         * @param scores one a product, all 0 before; the higher the better
         */
        void score(int[] chosen, float[] weights, float[] scores);
    }

    /** Scores all products for some actors at once, which is faster where that is a product of matrices. Called by several threads at once. */
    @FunctionalInterface
    public interface BatchScorer {

        /**
         * Scores.
         *
         * @param chosen a row an actor, a column a product: what they chose, newest first, with values above 0 and at most 1
         * @param scores for one actor after the other one a product, all 0 before; the higher the better
         */
        void score(SparseMatrix chosen, float[] scores);
    }

    private ChoiceHoldout(Choices rest, int[] actors, int[][] hidden) {
        this.rest = rest;
        this.actors = actors;
        this.hidden = hidden;
    }

    static ChoiceHoldout of(Choices choices, double share, int most, long seed) {
        SparseMatrix all = choices.matrix();
        long limit = limit(all, most, seed);
        boolean small = small(all, limit, share, seed);
        int[] starts = new int[all.rows() + 1];
        int[] cells = new int[all.size()];
        float[] values = new float[all.size()];
        int[] actors = new int[all.rows()];
        int[][] hidden = new int[all.rows()][];
        int cases = 0;
        int count = 0;
        boolean spared = false;
        for (int actor = 0; actor < all.rows(); actor++) {
            boolean asked = all.length(actor) > 1 && mixed(seed, actor, -1) <= limit && cases < most;
            if (asked && small && all.length(actor) - hidden(all.length(actor), share) < 2) {
                spared = !spared;
                asked = !spared;
            }
            boolean[] hides = asked ? hides(all, actor, share, seed) : null;
            if (asked) {
                hidden[cases] = new int[0];
                actors[cases++] = actor;
            }
            for (int place = all.start(actor); place < all.start(actor + 1); place++) {
                if (asked && hides[place - all.start(actor)]) {
                    int[] own = hidden[cases - 1];
                    hidden[cases - 1] = Arrays.copyOf(own, own.length + 1);
                    hidden[cases - 1][own.length] = all.column(place);
                } else {
                    cells[count] = all.column(place);
                    values[count++] = all.value(place);
                }
            }
            starts[actor + 1] = count;
        }
        SparseMatrix kept = new SparseMatrix(all.columns(), starts, Arrays.copyOf(cells, count), Arrays.copyOf(values, count));
        return new ChoiceHoldout(new Choices(choices.items(), choices.counting(), kept), Arrays.copyOf(actors, cases),
                Arrays.copyOf(hidden, cases));
    }

    // The greatest hash with which an actor is asked.
    private static long limit(SparseMatrix all, int most, long seed) {
        long[] hashes = new long[all.rows()];
        int count = 0;
        for (int actor = 0; actor < all.rows(); actor++) {
            if (all.length(actor) > 1) {
                hashes[count++] = mixed(seed, actor, -1);
            }
        }
        Arrays.sort(hashes, 0, count);
        return count <= most ? Long.MAX_VALUE : hashes[most - 1];
    }

    // How many of the products of an actor who chose two or more are hidden.
    static int hidden(int length, double share) {
        return Math.max(1, Math.min(length - 1, (int) (share * length + 0.5)));
    }

    // Whether most actors who chose several products would keep a single one, so that there would be hardly a pair to learn from.
    private static boolean small(SparseMatrix all, long limit, double share, long seed) {
        int several = 0;
        int single = 0;
        for (int actor = 0; actor < all.rows(); actor++) {
            int length = all.length(actor);
            several += length > 1 ? 1 : 0;
            single += length > 1 && length - hidden(length, share) < 2 && mixed(seed, actor, -1) <= limit ? 1 : 0;
        }
        return 2 * single > several;
    }

    private static boolean[] hides(SparseMatrix all, int actor, double share, long seed) {
        int length = all.length(actor);
        long[] hashes = new long[length];
        for (int i = 0; i < length; i++) {
            hashes[i] = mixed(seed, actor, all.column(all.start(actor) + i));
        }
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        long last = sorted[hidden(length, share) - 1];
        boolean[] hides = new boolean[length];
        for (int i = 0; i < length; i++) {
            hides[i] = hashes[i] <= last;
        }
        return hides;
    }

    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014) over three numbers.
    static long mixed(long seed, int actor, int product) {
        long hash = seed * 0x9e3779b97f4a7c15L + ((long) actor << 32 ^ product & 0xffffffffL);
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    /**
     * What is not hidden, of all actors.
     *
     * @return choices over the same products
     */
    public Choices rest() {
        return rest;
    }

    /**
     * Of how many actors something is hidden.
     *
     * @return 0 or more
     */
    public int cases() {
        return actors.length;
    }

    /**
     * How well hidden products are found again.
     *
     * @param scorer made from {@link #rest()}
     * @param job asked for threads
     * @return the mean over the actors of nDCG at 10, 0 to 1; NaN without cases. The same on any number of threads
     */
    public double ndcg(Scorer scorer, JobContext job) {
        return inBatches((chosen, scores) -> scorer.score(chosen.columnsOf(0), chosen.valuesOf(0), scores), 1, job);
    }

    /**
     * How well hidden products are found again.
     *
     * @param scorer made from {@link #rest()}; asked for at most 64 actors at once
     * @param job asked for threads
     * @return the mean over the actors of nDCG at 10, 0 to 1; NaN without cases. The same on any number of threads
     */
    public double ndcgInBatches(BatchScorer scorer, JobContext job) {
        return inBatches(scorer, Math.max(1, Math.min(MOST_AT_ONCE, MOST_SCORES / rest.items().size())), job);
    }

    private double inBatches(BatchScorer scorer, int atOnce, JobContext job) {
        List<Supplier<Double>> parts = new ArrayList<>();
        for (int from = 0; from < actors.length; from += CASES_OF_A_PART) {
            int begin = from;
            int end = Math.min(actors.length, from + CASES_OF_A_PART);
            parts.add(() -> sum(scorer, begin, end, atOnce));
        }
        double sum = 0;
        for (double part : job.all(parts)) {
            sum += part;
        }
        return sum / actors.length;
    }

    private double sum(BatchScorer scorer, int begin, int end, int atOnce) {
        int products = rest.items().size();
        float[] scores = new float[Math.multiplyExact(atOnce, products)];
        float[] own = new float[products];
        double sum = 0;
        for (int first = begin; first < end; first += atOnce) {
            SparseMatrix chosen = rest.matrix().rows(Arrays.copyOfRange(actors, first, Math.min(end, first + atOnce)));
            Arrays.fill(scores, 0);
            scorer.score(chosen, scores);
            for (int i = 0; i < chosen.rows(); i++) {
                System.arraycopy(scores, i * products, own, 0, products);
                sum += ndcg(own, chosen.columnsOf(i), hidden[first + i]);
            }
        }
        return sum;
    }

    private static double ndcg(float[] scores, int[] chosen, int[] hidden) {
        for (int product : chosen) {
            scores[product] = Float.NEGATIVE_INFINITY;
        }
        int[] top = TopItems.of(scores, K);
        boolean[] hits = new boolean[top.length];
        for (int i = 0; i < top.length; i++) {
            for (int product : hidden) {
                hits[i] |= product == top[i];
            }
        }
        return RankingMetrics.ndcg(hits, hidden.length, K);
    }
}
