package io.kontor.recommend.content;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.content.Terms;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Rows of a matrix as sparse vectors, and as bytes. */
final class Rows {

    private Rows() {
    }

    static Terms row(SparseMatrix matrix, int row) {
        return new Terms(matrix.columnsOf(row), matrix.valuesOf(row));
    }

    static void write(SparseMatrix matrix, DataOutputStream out) throws IOException {
        for (int row = 0; row < matrix.rows(); row++) {
            out.writeInt(matrix.length(row));
            for (int at = matrix.start(row); at < matrix.start(row + 1); at++) {
                out.writeInt(matrix.column(at));
                out.writeFloat(matrix.value(at));
            }
        }
    }

    static Terms read(DataInputStream in, int columns) throws IOException {
        int length = in.readInt();
        Taste.check(length >= 0 && length <= columns, "a row is too long");
        // Grows with what is there: a damaged length ends with the bytes.
        int[] cells = new int[Math.min(length, 1 << 10)];
        float[] values = new float[cells.length];
        for (int i = 0; i < length; i++) {
            if (i == cells.length) {
                cells = Arrays.copyOf(cells, Math.min(length, i * 2));
                values = Arrays.copyOf(values, cells.length);
            }
            cells[i] = in.readInt();
            values[i] = in.readFloat();
            Taste.check(cells[i] >= 0 && cells[i] < columns && (i == 0 || cells[i] > cells[i - 1]), "a row is out of order");
            Taste.check(Float.isFinite(values[i]), "a weight is no number");
        }
        return new Terms(cells, values);
    }
}
