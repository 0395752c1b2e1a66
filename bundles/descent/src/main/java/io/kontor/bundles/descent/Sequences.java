package io.kontor.bundles.descent;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is learned from and judged by. One choice of some actors is hidden; what is left is cut, from its end, into windows that share
 * one choice with their neighbours, so that each step from one choice to the next is in one of them. Immutable.
 *
 * @param windows products, oldest first, at least two
 * @param judged of some actors all choices, oldest first but for the hidden one, which is the last and in no window; at least two
 */
public record Sequences(List<int[]> windows, List<int[]> judged) {

    private static final int MOST_JUDGED = 1_000;
    private static final int FEWEST_JUDGED = 50;
    private static final double JUDGED = 0.3;
    private static final int SHORTEST_JUDGED = 3;

    /**
     * Of what actors chose, with newest choices hidden, for models of what comes next.
     *
     * @param choices who chose what
     * @param length how many choices the model reads
     * @param seed whose newest choice is hidden
     * @return at least one window
     * @throws KontorException of kind DATA when nobody chose two products
     */
    public static Sequences of(Choices choices, int length, long seed) {
        return of(choices, length, seed, true);
    }

    /**
     * Of what actors chose, with any choices hidden, for models to which their order means nothing.
     *
     * @param choices who chose what
     * @param length how many choices the model reads
     * @param seed which choices are hidden
     * @return at least one window
     * @throws KontorException of kind DATA when nobody chose two products
     */
    public static Sequences inAnyOrder(Choices choices, int length, long seed) {
        return of(choices, length, seed, false);
    }

    private static Sequences of(Choices choices, int length, long seed, boolean newest) {
        List<int[]> windows = new ArrayList<>();
        List<int[]> judged = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        double wanted = Math.min(MOST_JUDGED, Math.max(FEWEST_JUDGED, JUDGED * choices.actors()));
        for (int actor = 0; actor < choices.actors(); actor++) {
            int[] chosen = oldestFirst(choices.matrix().columnsOf(actor));
            boolean hides = random.nextDouble() * choices.actors() < wanted && chosen.length >= SHORTEST_JUDGED && judged.size() < wanted;
            if (hides) {
                if (!newest) {
                    last(chosen, random.nextInt(chosen.length));
                }
                judged.add(chosen);
            }
            for (int end = hides ? chosen.length - 1 : chosen.length; end > 1; end -= length) {
                windows.add(Arrays.copyOfRange(chosen, Math.max(0, end - length - 1), end));
            }
        }
        if (windows.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA,
                    "Nobody chose two products one after the other; more orders or events are needed.");
        }
        return new Sequences(windows, judged);
    }

    private static void last(int[] chosen, int place) {
        int kept = chosen[place];
        System.arraycopy(chosen, place + 1, chosen, place, chosen.length - 1 - place);
        chosen[chosen.length - 1] = kept;
    }

    private static int[] oldestFirst(int[] newestFirst) {
        int[] turned = new int[newestFirst.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = newestFirst[turned.length - 1 - i];
        }
        return turned;
    }

    /**
     * How many steps from one choice to the next there are.
     *
     * @return 1 or more
     */
    public int steps() {
        int steps = 0;
        for (int[] window : windows) {
            steps += window.length - 1;
        }
        return steps;
    }

    /**
     * Windows of about the same length together, in another order each time.
     *
     * @param most how many steps a batch has at most, padding included, unless one window has more
     * @param random the order
     * @return all windows
     */
    public List<int[][]> batches(int most, SplittableRandom random) {
        int[][] shuffled = windows.toArray(int[][]::new);
        shuffle(shuffled, random);
        Arrays.sort(shuffled, (one, other) -> Integer.compare(one.length, other.length));
        List<int[][]> batches = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= shuffled.length; end++) {
            if (end == shuffled.length || (shuffled[end].length - 1) * (end + 1 - begin) > most) {
                batches.add(Arrays.copyOfRange(shuffled, begin, end));
                begin = end;
            }
        }
        int[][][] order = batches.toArray(int[][][]::new);
        shuffle(order, random);
        return List.of(order);
    }

    private static <T> void shuffle(T[] all, SplittableRandom random) {
        for (int i = all.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T kept = all[i];
            all[i] = all[other];
            all[other] = kept;
        }
    }
}
