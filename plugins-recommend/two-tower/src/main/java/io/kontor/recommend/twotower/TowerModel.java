package io.kontor.recommend.twotower;

import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What was learned. Holds no customer. Immutable; safe for use by many threads.
 *
 * @param items the products
 * @param counting how much deeds count
 * @param towers give vectors to customers and products
 */
record TowerModel(Items items, Counting counting, Towers towers) {

    private static final int FORMAT = 0x54545731;
    private static final int MOST_DIMENSIONS = 1_024;

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting.write(data);
        items.write(data);
        Weights weights = towers.weights();
        data.writeInt(weights.dimension());
        data.writeInt(weights.products().length / weights.dimension());
        data.writeInt(weights.traits().length / weights.dimension());
        for (int[] traits : towers.traits()) {
            data.writeByte(traits.length);
            for (int trait : traits) {
                data.writeInt(trait);
            }
        }
        for (float[] array : weights.all()) {
            for (float weight : array) {
                data.writeFloat(weight);
            }
        }
        data.flush();
    }

    static TowerModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT, "it is of another kind");
        Counting counting = Counting.read(data);
        Items items = Items.read(data);
        int dimension = data.readInt();
        int products = data.readInt();
        int traits = data.readInt();
        check(dimension > 0 && dimension <= MOST_DIMENSIONS && products > 0 && products <= items.size() && traits >= 0
                && traits <= (long) items.size() * Traits.MOST && (long) Math.max(products, traits) * dimension < Integer.MAX_VALUE,
                "its sizes are impossible");
        int[][] of = new int[items.size()][];
        for (int product = 0; product < of.length; product++) {
            of[product] = new int[data.readUnsignedByte()];
            for (int i = 0; i < of[product].length; i++) {
                of[product][i] = data.readInt();
                check(of[product][i] >= 0 && of[product][i] < traits, "a product has a trait that is not there");
            }
        }
        Weights weights = Weights.room(dimension, products, traits);
        for (float[] array : weights.all()) {
            for (int i = 0; i < array.length; i++) {
                array[i] = data.readFloat();
                check(Float.isFinite(array[i]), "a weight is no number");
            }
        }
        return new TowerModel(items, counting, new Towers(weights, of));
    }

    private static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of two towers is damaged: " + wrong);
        }
    }
}
