package io.kontor.recommend.graph;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.SparseMatrix;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where walks lead and what products have in common. Immutable; holds no customer; safe for use by many threads.
 *
 * @param walks what each product says of others
 * @param features what they have in common
 * @param chosen whether anybody chose a product yet, by index
 */
public record GraphModel(Neighbours walks, Features features, boolean[] chosen) {

    private static final int FORMAT = 0x47524131;
    private static final int MOST = 1 << 26;

    Items items() {
        return walks.items();
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        SparseMatrix rows = features.rows();
        data.writeInt(features.names().size());
        for (String name : features.names()) {
            data.writeUTF(name);
        }
        data.writeInt(rows.rows());
        for (int row = 0; row < rows.rows(); row++) {
            data.writeBoolean(chosen[row]);
            data.writeInt(rows.length(row));
            for (int c = rows.start(row); c < rows.start(row + 1); c++) {
                data.writeInt(rows.column(c));
            }
        }
        walks.write(data);
        data.flush();
    }

    static GraphModel read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT);
        int count = data.readInt();
        check(count >= 0 && count < MOST);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(data.readUTF());
        }
        int products = data.readInt();
        check(products > 0 && products < MOST);
        int[] starts = {0};
        boolean[] chosen = {};
        int[] cells = {};
        for (int row = 0; row < products; row++) {
            if (row == chosen.length) {
                // Arrays grow with what is there, so that a damaged size ends with the file and not with the memory.
                chosen = Arrays.copyOf(chosen, Math.min(products, 2 * row + 1_024));
                starts = Arrays.copyOf(starts, chosen.length + 1);
            }
            chosen[row] = data.readBoolean();
            int own = data.readInt();
            check(own >= 0 && own <= count && starts[row] + own < MOST);
            starts[row + 1] = starts[row] + own;
            if (starts[row + 1] > cells.length) {
                cells = Arrays.copyOf(cells, starts[row + 1] + starts[row + 1] / 2);
            }
            for (int c = starts[row]; c < starts[row + 1]; c++) {
                cells[c] = data.readInt();
                check(cells[c] >= 0 && cells[c] < count);
            }
        }
        Neighbours walks = Neighbours.read(data);
        check(walks.items().size() == products);
        return new GraphModel(walks, new Features(walks.items(), names, Features.matrix(count, starts, cells)), chosen);
    }

    private static void check(boolean right) throws IOException {
        if (!right) {
            throw new IOException("this is no model of walks, or a damaged one");
        }
    }
}
