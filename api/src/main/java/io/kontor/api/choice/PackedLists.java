package io.kontor.api.choice;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Lists in about two and a half bytes a pair. A target is written as its distance from the one before, in as many bytes of seven bits as it
 * needs (the variable-byte code of Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 5.3.1), a similarity as
 * one of 255 steps of the root of its share of the list's greatest one, so that the greatest are the most exact (to 0.4 %).
 */
public final class PackedLists implements PairLists {

    private static final int STEPS = 255;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;
    private static final int BITS = 7;
    private static final int LONGEST_NUMBER = 5;
    private static final int FIRST_ROOM = 1 << 14;
    private static final int ROOM_OF_A_PAIR = LONGEST_NUMBER + 1;
    private static final float[] SHARES = new float[STEPS + 1];

    static {
        for (int step = 0; step <= STEPS; step++) {
            SHARES[step] = (float) step * step / (STEPS * STEPS);
        }
    }

    private final int[] begins;
    private final float[] greatest;
    private final byte[] content;
    private final int pairs;

    private PackedLists(int[] begins, float[] greatest, byte[] content, int pairs) {
        this.begins = begins;
        this.greatest = greatest;
        this.content = content;
        this.pairs = pairs;
    }

    /**
     * Packs lists.
     *
     * @param plain lists of similarities of 0 or more
     * @return the same lists, smaller
     */
    public static PackedLists of(PlainLists plain) {
        int sources = plain.sources();
        int[] begins = new int[sources + 1];
        float[] greatest = new float[sources];
        byte[] content = new byte[FIRST_ROOM];
        int end = 0;
        for (int source = 0; source < sources; source++) {
            int from = plain.starts()[source];
            int until = plain.starts()[source + 1];
            for (int i = from; i < until; i++) {
                greatest[source] = Math.max(greatest[source], plain.similarities()[i]);
            }
            int before = -1;
            for (int i = from; i < until; i++) {
                if (content.length - end < ROOM_OF_A_PAIR) {
                    content = Arrays.copyOf(content, (int) Math.min(Integer.MAX_VALUE - ROOM_OF_A_PAIR, content.length * 2L));
                }
                int distance = plain.targets()[i] - before;
                before = plain.targets()[i];
                for (; distance > LOW; distance >>>= BITS) {
                    content[end++] = (byte) (distance & LOW | MORE);
                }
                content[end++] = (byte) distance;
                content[end++] = step(plain.similarities()[i], greatest[source]);
            }
            begins[source + 1] = end;
        }
        return new PackedLists(begins, greatest, Arrays.copyOf(content, end), plain.pairs());
    }

    // At least one step, so that no neighbour is lost.
    private static byte step(float similarity, float greatest) {
        return (byte) (similarity == 0 ? 0 : Math.max(1, Math.round(STEPS * Math.sqrt(similarity / greatest))));
    }

    @Override
    public int sources() {
        return greatest.length;
    }

    @Override
    public int pairs() {
        return pairs;
    }

    /** Goes through the pairs of a source. */
    private final class Reading {

        private final int end;
        private final float unit;
        private int at;
        private int target = -1;
        private float value;

        Reading(int source, float weight) {
            at = begins[source];
            end = begins[source + 1];
            unit = weight * greatest[source];
        }

        boolean next() {
            if (at >= end) {
                return false;
            }
            int part = content[at++];
            int distance = part & LOW;
            for (int shift = BITS; part < 0; shift += BITS) {
                part = content[at++];
                distance |= (part & LOW) << shift;
            }
            target += distance;
            value = unit * SHARES[content[at++] & STEPS];
            return true;
        }
    }

    @Override
    public void add(int source, float weight, float[] scores) {
        Reading pairs = new Reading(source, weight);
        while (pairs.next()) {
            scores[pairs.target] += pairs.value;
        }
    }

    // A pair takes two bytes at least.
    @Override
    public int reach(int source) {
        return length(source) / 2;
    }

    @Override
    public void add(int source, float weight, ScoreSums sums) {
        Reading pairs = new Reading(source, weight);
        while (pairs.next()) {
            sums.add(pairs.target, pairs.value);
        }
    }

    @Override
    public float similarity(int source, int wanted) {
        Reading pairs = new Reading(source, 1);
        while (pairs.next() && pairs.target <= wanted) {
            if (pairs.target == wanted) {
                return pairs.value;
            }
        }
        return 0;
    }

    @Override
    public int length(int source) {
        return begins[source + 1] - begins[source];
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (float each : greatest) {
            out.writeFloat(each);
        }
        out.write(content);
    }

    // Reads lists of known lengths in bytes.
    static PackedLists read(DataInputStream in, int[] begins, int pairs) throws IOException {
        int sources = begins.length - 1;
        float[] greatest = new float[sources];
        for (int source = 0; source < sources; source++) {
            greatest[source] = in.readFloat();
            Neighbours.check(greatest[source] >= 0 && Float.isFinite(greatest[source]), "a similarity is no number");
        }
        byte[] content = in.readNBytes(begins[sources]);
        Neighbours.check(content.length == begins[sources], "its lists are shorter than it");
        int found = 0;
        for (int source = 0; source < sources; source++) {
            found += check(content, begins[source], begins[source + 1], sources);
        }
        Neighbours.check(found == pairs, "it has another number of pairs");
        return new PackedLists(begins, greatest, content, pairs);
    }

    // Goes through a list once, so that an answer need not look where it reads; how many pairs there are.
    private static int check(byte[] content, int begin, int end, int sources) throws IOException {
        long target = -1;
        int count = 0;
        for (int at = begin; at < end; count++) {
            long distance = 0;
            int part = MORE;
            for (int shift = 0; (part & MORE) != 0; shift += BITS) {
                Neighbours.check(at < end && shift < LONGEST_NUMBER * BITS, "a list ends within a pair");
                part = content[at++] & STEPS;
                distance |= (long) (part & LOW) << shift;
            }
            target += distance;
            Neighbours.check(distance > 0 && target < sources && at++ < end, "its lists are not in order");
        }
        return count;
    }
}
