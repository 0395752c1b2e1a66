package io.kontor.pricing.elasticity;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** The model: a demand curve for each product. Immutable; safe for use by several threads. */
public final class Curves {

    private static final int MAGIC = 0x4b434556;
    private static final int END = 0x454e4421;
    private static final int MOST = 10_000_000;

    private final TreeMap<String, Curve> byProduct;

    Curves(TreeMap<String, Curve> byProduct) {
        this.byProduct = byProduct;
    }

    /** Null for a product about which nothing can be said. */
    Curve of(String product) {
        return byProduct.get(product);
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeInt(byProduct.size());
        for (Map.Entry<String, Curve> entry : byProduct.entrySet()) {
            Curve curve = entry.getValue();
            data.writeUTF(entry.getKey());
            data.writeDouble(curve.elasticity());
            data.writeDouble(curve.error());
            data.writeBoolean(curve.pooled());
            data.writeInt(curve.observations());
            data.writeDouble(curve.reference());
            data.writeDouble(curve.level());
        }
        data.writeInt(END);
        data.flush();
    }

    static Curves read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("These are not demand curves.");
        }
        int count = data.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("The model says that it has " + count + " curves.");
        }
        TreeMap<String, Curve> curves = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String product = data.readUTF();
            Curve curve = new Curve(data.readDouble(), data.readDouble(), data.readBoolean(), data.readInt(), data.readDouble(),
                    data.readDouble());
            if (!Double.isFinite(curve.elasticity()) || !(curve.error() > 0) || !(curve.reference() > 0) || !(curve.level() >= 0)) {
                throw new IOException("The curve of product " + product + " is none.");
            }
            curves.put(product, curve);
        }
        if (data.readInt() != END) {
            throw new IOException("The model does not end where it should.");
        }
        return new Curves(curves);
    }
}
