package io.kontor.recommend.content;

import io.kontor.api.choice.SparseMatrix;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Sparse vectors as the rows of a matrix, and back. */
final class Rows {

    private Rows() {
    }

    static SparseMatrix of(List<Terms> rows, int columns) {
        int[] starts = new int[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            starts[i + 1] = starts[i] + rows.get(i).size();
        }
        int[] cells = new int[starts[rows.size()]];
        float[] values = new float[cells.length];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).buckets(), 0, cells, starts[i], rows.get(i).size());
            System.arraycopy(rows.get(i).weights(), 0, values, starts[i], rows.get(i).size());
        }
        return new SparseMatrix(columns, starts, cells, values);
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
