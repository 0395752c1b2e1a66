package io.kontor.recommend.ease;

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
 * What each product says of each other one. Immutable; holds no customer; safe for use by many threads.
 *
 * @param items the products
 * @param counting how much deeds count
 * @param rows one a product
 */
public record EaseModel(Items items, Counting counting, Rows rows) {

    private static final int FLOATS = 0x45415331;
    private static final int BYTES = 0x45415332;

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(rows instanceof FloatRows ? FLOATS : BYTES);
        counting.write(data);
        items.write(data);
        rows.write(data);
        data.flush();
    }

    static EaseModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        int format = data.readInt();
        if (format != FLOATS && format != BYTES) {
            throw new IOException("this is no model of what products say of each other");
        }
        Counting counting = Counting.read(data);
        Items items = Items.read(data);
        int most = MatrixMemory.products(Long.MAX_VALUE);
        if (items.size() == 0 || items.size() > most) {
            throw new IOException("a model of what products say of each other cannot have " + items.size() + " products");
        }
        return new EaseModel(items, counting, format == FLOATS ? FloatRows.read(data, items.size()) : ByteRows.read(data, items.size()));
    }
}
