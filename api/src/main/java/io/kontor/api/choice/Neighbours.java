package io.kontor.api.choice;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A model of neighbours: for each product the products that it speaks for, in order of index, as any method that compares products two by two
 * may learn it. Immutable; holds no customer; safe for use by many threads.
 */
public final class Neighbours implements SparseScores {

    private static final int PLAIN = 3;
    private static final int PACKED = 4;
    private static final int LONGEST = 1 << 28;

    private final Items items;
    private final Counting counting;
    private final PairLists lists;

    /**
     * A model.
     *
     * @param items the products
     * @param counting how much deeds count
     * @param lists as many as products
     */
    public Neighbours(Items items, Counting counting, PairLists lists) {
        this.items = items;
        this.counting = counting;
        this.lists = lists;
    }

    /**
     * The products.
     *
     * @return by index
     */
    public Items items() {
        return items;
    }

    /**
     * How much deeds count.
     *
     * @return as in training
     */
    public Counting counting() {
        return counting;
    }

    @Override
    public void add(int source, float weight, float[] scores) {
        lists.add(source, weight, scores);
    }

    @Override
    public int reach(int source) {
        return lists.reach(source);
    }

    @Override
    public void add(int source, float weight, ScoreSums sums) {
        lists.add(source, weight, sums);
    }

    @Override
    public float similarity(int source, int target) {
        return lists.similarity(source, target);
    }

    /**
     * The same with similarities of eight bits, in about two and a half bytes a pair.
     *
     * @return this model when it is packed already
     */
    public Neighbours packed() {
        return lists instanceof PlainLists plain ? new Neighbours(items, counting, PackedLists.of(plain)) : this;
    }

    /**
     * Writes the model.
     *
     * @param out where to; not closed
     * @throws IOException when writing fails
     */
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(lists instanceof PlainLists ? PLAIN : PACKED);
        counting.write(data);
        items.write(data);
        data.writeInt(lists.pairs());
        for (int i = 0; i < items.size(); i++) {
            data.writeInt(lists.length(i));
        }
        lists.write(data);
        data.flush();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from; not closed
     * @return an equal model
     * @throws IOException when it is not understood; damaged sizes end at the end of the bytes, not with the memory
     */
    public static Neighbours read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        int format = data.readInt();
        if (format != PLAIN && format != PACKED) {
            throw new IOException("this is no model of neighbours of format " + PLAIN + " or " + PACKED);
        }
        Counting counting = Counting.read(data);
        Items items = Items.read(data);
        int pairs = data.readInt();
        check(items.size() > 0 && pairs > 0 && pairs < LONGEST, "its sizes are impossible");
        int[] starts = new int[items.size() + 1];
        for (int i = 0; i < items.size(); i++) {
            int length = data.readInt();
            check(length >= 0 && length <= (format == PLAIN ? pairs : Integer.MAX_VALUE) - starts[i], "its lists are longer than it");
            starts[i + 1] = starts[i] + length;
        }
        check(format == PACKED || starts[items.size()] == pairs, "its lists are shorter than it");
        PairLists lists = format == PLAIN ? PlainLists.read(data, starts) : PackedLists.read(data, starts, pairs);
        return new Neighbours(items, counting, lists);
    }

    static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of neighbours is damaged: " + wrong);
        }
    }
}
