package io.kontor.recommend.sequential;

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
 * @param encoder says what comes next
 */
record SequenceModel(Items items, Counting counting, Encoder encoder) {

    private static final int FORMAT = 0x53455131;

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting.write(data);
        items.write(data);
        data.writeInt(encoder.shape().dimension());
        data.writeInt(encoder.shape().length());
        data.writeInt(encoder.shape().blocks());
        for (float[] array : encoder.weights()) {
            for (float weight : array) {
                data.writeFloat(weight);
            }
        }
        data.flush();
    }

    static SequenceModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        if (data.readInt() != FORMAT) {
            throw new IOException("this is no model of sequences");
        }
        Counting counting = Counting.read(data);
        Items items = Items.read(data);
        Shape shape = Shape.read(data, items.size());
        float[][] weights = shape.room();
        for (float[] array : weights) {
            for (int i = 0; i < array.length; i++) {
                array[i] = data.readFloat();
                if (!Float.isFinite(array[i])) {
                    throw new IOException("the model of sequences is damaged: a weight is no number");
                }
            }
        }
        return new SequenceModel(items, counting, new Encoder(shape, weights));
    }
}
