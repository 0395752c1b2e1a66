package io.kontor.recommend.userknn;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What past customers chose, without their names, with an index from products to those who chose them. Immutable; safe for use by many
 * threads.
 *
 * <p>Two customers are compared by the cosine of their choices, each divided by the 0.3rd power of the product's popularity: to have chosen
 * the same rare product says more. The exponent was chosen on held-out purchases of a gift shop and ratings of films.
 */
public final class PastCustomers {

    private static final int FORMAT = 0x55534531;
    private static final double POPULARITY = 0.3;
    private static final int LONGEST = 1 << 28;

    private final Choices choices;
    private final SparseMatrix byProduct;
    private final int heard;
    private final double shrinkage;
    private final float[] weights;
    private final float[] lengths;

    /**
     * Keeps choices.
     *
     * @param choices of whom at least one has a product
     * @param heard how many similar customers are heard
     * @param shrinkage in products
     */
    PastCustomers(Choices choices, int heard, double shrinkage) {
        this.choices = choices;
        this.heard = heard;
        this.shrinkage = shrinkage;
        SparseMatrix matrix = choices.matrix();
        byProduct = matrix.transposed();
        weights = new float[matrix.columns()];
        double all = 0;
        for (int product = 0; product < weights.length; product++) {
            int chosen = byProduct.length(product);
            weights[product] = (float) Math.pow(Math.max(1, chosen), -2 * POPULARITY);
            all += chosen * (double) weights[product];
        }
        float mean = (float) (all / matrix.size());
        lengths = new float[matrix.rows()];
        for (int product = 0; product < weights.length; product++) {
            weights[product] /= mean;
        }
        for (int actor = 0; actor < lengths.length; actor++) {
            double sum = 0;
            for (int c = matrix.start(actor); c < matrix.start(actor + 1); c++) {
                sum += weights[matrix.column(c)] * (double) matrix.value(c) * matrix.value(c);
            }
            lengths[actor] = (float) Math.sqrt(sum);
        }
    }

    private PastCustomers(PastCustomers other, int heard) {
        choices = other.choices;
        byProduct = other.byProduct;
        this.heard = heard;
        shrinkage = other.shrinkage;
        weights = other.weights;
        lengths = other.lengths;
    }

    PastCustomers heard(int others) {
        return new PastCustomers(this, others);
    }

    /**
     * The products.
     *
     * @return by index
     */
    public Items items() {
        return choices.items();
    }

    /**
     * How much deeds count.
     *
     * @return as in training
     */
    public Counting counting() {
        return choices.counting();
    }

    SparseMatrix rows() {
        return choices.matrix();
    }

    SparseMatrix byProduct() {
        return byProduct;
    }

    int heard() {
        return heard;
    }

    double shrinkage() {
        return shrinkage;
    }

    float weight(int product) {
        return weights[product];
    }

    float length(int actor) {
        return lengths[actor];
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        counting().write(data);
        items().write(data);
        data.writeInt(heard);
        data.writeDouble(shrinkage);
        SparseMatrix rows = rows();
        data.writeInt(rows.rows());
        data.writeInt(rows.size());
        for (int row = 0; row < rows.rows(); row++) {
            data.writeInt(rows.length(row));
            for (int c = rows.start(row); c < rows.start(row + 1); c++) {
                data.writeInt(rows.column(c));
                data.writeFloat(rows.value(c));
            }
        }
        data.flush();
    }

    static PastCustomers read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        check(data.readInt() == FORMAT, "it is none of its kind");
        Counting counting = Counting.read(data);
        Items items = Items.read(data);
        int heard = data.readInt();
        double shrinkage = data.readDouble();
        int rows = data.readInt();
        int size = data.readInt();
        check(heard > 0 && shrinkage >= 0 && rows > 0 && size > 0 && size < LONGEST && rows <= size, "its sizes are impossible");
        // Arrays grow with what is there, so that a damaged size ends with the file and not with the memory.
        int[] starts = new int[Math.min(rows, 1 << 12) + 1];
        int[] columns = new int[Math.min(size, 1 << 12)];
        float[] values = new float[columns.length];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int end = count + data.readInt();
            check(end >= count && end <= size, "its rows are longer than it");
            if (row + 1 == starts.length) {
                starts = Arrays.copyOf(starts, Math.min(rows + 1, 2 * starts.length));
            }
            for (; count < end; count++) {
                if (count == columns.length) {
                    columns = Arrays.copyOf(columns, Math.min(size, 2 * count));
                    values = Arrays.copyOf(values, columns.length);
                }
                columns[count] = data.readInt();
                values[count] = data.readFloat();
                check(columns[count] >= 0 && columns[count] < items.size() && values[count] > 0 && values[count] <= 1, "a choice is none");
            }
            starts[row + 1] = count;
        }
        check(count == size, "its rows are shorter than it");
        return new PastCustomers(new Choices(items, counting, new SparseMatrix(items.size(), starts, columns, values)), heard, shrinkage);
    }

    private static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of past customers is damaged: " + wrong);
        }
    }
}
