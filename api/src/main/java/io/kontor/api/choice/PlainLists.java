package io.kontor.api.choice;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lists as they were learned: eight bytes a pair. Its arrays are kept and not copied.
 *
 * @param starts where each list begins, and where the last one ends
 * @param targets of all lists, rising within one
 * @param similarities one a target
 */
public record PlainLists(int[] starts, int[] targets, float[] similarities) implements PairLists {

    private static final int FIRST_ROOM = 1 << 12;

    @Override
    public int sources() {
        return starts.length - 1;
    }

    @Override
    public int pairs() {
        return targets.length;
    }

    @Override
    public void add(int source, float weight, float[] scores) {
        for (int place = starts[source]; place < starts[source + 1]; place++) {
            scores[targets[place]] += weight * similarities[place];
        }
    }

    @Override
    public int reach(int source) {
        return length(source);
    }

    @Override
    public void add(int source, float weight, ScoreSums sums) {
        for (int place = starts[source]; place < starts[source + 1]; place++) {
            sums.add(targets[place], weight * similarities[place]);
        }
    }

    @Override
    public float similarity(int source, int target) {
        int place = Arrays.binarySearch(targets, starts[source], starts[source + 1], target);
        return place < 0 ? 0 : similarities[place];
    }

    @Override
    public int length(int source) {
        return starts[source + 1] - starts[source];
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (int i = 0; i < targets.length; i++) {
            out.writeInt(targets[i]);
            out.writeFloat(similarities[i]);
        }
    }

    // Reads lists of known lengths; arrays grow with what is there, so that a damaged size ends with the file and not with the memory.
    static PlainLists read(DataInputStream in, int[] starts) throws IOException {
        int sources = starts.length - 1;
        int pairs = starts[sources];
        int[] targets = new int[Math.min(pairs, FIRST_ROOM)];
        float[] similarities = new float[targets.length];
        for (int source = 0; source < sources; source++) {
            for (int i = starts[source]; i < starts[source + 1]; i++) {
                if (i == targets.length) {
                    targets = Arrays.copyOf(targets, (int) Math.min(pairs, i * 2L));
                    similarities = Arrays.copyOf(similarities, targets.length);
                }
                targets[i] = in.readInt();
                similarities[i] = in.readFloat();
                Neighbours.check(targets[i] < sources && targets[i] > (i == starts[source] ? -1 : targets[i - 1]), "its lists are not in order");
                Neighbours.check(similarities[i] >= 0 && Float.isFinite(similarities[i]), "a similarity is no number");
            }
        }
        return new PlainLists(starts, targets, similarities);
    }
}
