package io.kontor.recommend.als;

import io.kontor.api.choice.SparseMatrix;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How much less a choice counts the more its customer chose and the more often its product was chosen, so that a few of both do not decide
 * everything: the weight of a choice times
 *
 * <pre>(n(u) n(i))^-exponent</pre>
 *
 * <p>with n(u) and n(i) the numbers of choices of customer and product, and times what keeps the sum of all weights. For products this is
 * propensity scoring with the power law of popularity (Yang, Cui, Xuan, Wang, Belongie and Estrin 2018, "Unbiased offline recommender
 * evaluation for missing-not-at-random implicit feedback"). Immutable.
 */
final class Evenness {

    /** All choices count as they are. */
    static final Evenness NONE = new Evenness(0, new float[0]);

    private final double exponent;
    private final float[] products;

    private Evenness(double exponent, float[] products) {
        this.exponent = exponent;
        this.products = products;
    }

    /**
     * For the choices that are learned from.
     *
     * @param byActor a row an actor, a column a product
     * @param exponent 0 for none
     * @return how much less each counts
     */
    static Evenness of(SparseMatrix byActor, double exponent) {
        if (exponent == 0) {
            return NONE;
        }
        float[] products = new float[byActor.columns()];
        for (int place = 0; place < byActor.size(); place++) {
            products[byActor.column(place)]++;
        }
        for (int product = 0; product < products.length; product++) {
            products[product] = (float) Math.pow(Math.max(1, products[product]), -exponent);
        }
        Evenness evenness = new Evenness(exponent, products);
        double before = 0;
        double after = 0;
        for (int row = 0; row < byActor.rows(); row++) {
            float actor = evenness.actor(byActor.length(row));
            for (int place = byActor.start(row); place < byActor.start(row + 1); place++) {
                before += byActor.value(place);
                after += byActor.value(place) * actor * products[byActor.column(place)];
            }
        }
        for (int product = 0; product < products.length; product++) {
            products[product] *= (float) (before / after);
        }
        return evenness;
    }

    /** The choices with their weights changed; a row an actor. */
    SparseMatrix weighted(SparseMatrix byActor) {
        if (exponent == 0) {
            return byActor;
        }
        int[] starts = new int[byActor.rows() + 1];
        int[] cells = new int[byActor.size()];
        float[] values = new float[byActor.size()];
        for (int row = 0; row < byActor.rows(); row++) {
            starts[row] = byActor.start(row);
            float actor = actor(byActor.length(row));
            for (int place = byActor.start(row); place < byActor.start(row + 1); place++) {
                cells[place] = byActor.column(place);
                values[place] = byActor.value(place) * actor * products[cells[place]];
            }
        }
        starts[byActor.rows()] = byActor.size();
        return new SparseMatrix(byActor.columns(), starts, cells, values);
    }

    /** Changes the weights of one customer's choices in place. */
    void weigh(int[] chosen, float[] weights) {
        if (exponent == 0) {
            return;
        }
        float actor = actor(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            weights[i] *= actor * products[chosen[i]];
        }
    }

    private float actor(int choices) {
        return (float) Math.pow(Math.max(1, choices), -exponent);
    }

    /** The same for products in another order: the one that came at {@code order[i]} comes at i. */
    Evenness ordered(int[] order) {
        if (exponent == 0) {
            return this;
        }
        float[] ordered = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = products[order[i]];
        }
        return new Evenness(exponent, ordered);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(exponent);
        for (float each : products) {
            out.writeFloat(each);
        }
    }

    static Evenness read(DataInputStream in, int size) throws IOException {
        double exponent = in.readDouble();
        if (exponent == 0) {
            return NONE;
        }
        if (!(exponent > 0 && exponent <= 1)) {
            throw new IOException("the exponent of evenness of the model is " + exponent);
        }
        float[] products = new float[size];
        for (int i = 0; i < size; i++) {
            products[i] = in.readFloat();
            if (!(products[i] > 0) || Float.isInfinite(products[i])) {
                throw new IOException("what choices of a product count in the model is " + products[i]);
            }
        }
        return new Evenness(exponent, products);
    }
}
