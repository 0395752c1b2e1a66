package io.kontor.api.choice;

import io.kontor.api.KontorException;
import io.kontor.api.model.Training;
import java.util.Arrays;

/**
 * Who chose which products and how much it counts. An actor is a customer, or the session or order where no customer is known; names of
 * actors are forgotten once the matrix is there. Immutable.
 *
 * @param items the products, in the order in which the records first name them
 * @param counting how much deeds count
 * @param matrix a row an actor, a column a product, values above 0 and at most 1; in a row the newest choice comes first. Actors are in an
 *     order that depends on the records alone
 */
public record Choices(Items items, Counting counting, SparseMatrix matrix) {

    /** The latest products of an actor that count: more would cost squarely and come from robots and wholesalers. */
    public static final int MOST_PRODUCTS = 1_000;

    /**
     * Reads what a snapshot has. Takes 16 bytes a row while it reads, and 4 more where there are ratings.
     *
     * @param training the data and the job, whose progress is told up to 0.3
     * @param halfLifeDays after how many days a choice counts half; 0 for never
     * @return at least one choice
     * @throws KontorException of kind DATA when there is none
     */
    public static Choices read(Training training, int halfLifeDays) {
        ChoiceRows rows = new ChoiceRows();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            rows.add(batch);
        });
        training.job().progress(0.3, rows.size() + " choices read");
        if (rows.size() == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "There are no purchases, carts, clicks, views or ratings of known customers or sessions; import orders or events first.");
        }
        return rows.choices(halfLifeDays, training.job());
    }

    /**
     * How many actors there are.
     *
     * @return the rows of the matrix
     */
    public int actors() {
        return matrix.rows();
    }

    /**
     * How many choices there are.
     *
     * @return the cells of the matrix
     */
    public int size() {
        return matrix.size();
    }

    /**
     * The choices of some actors only, for work that need not see all.
     *
     * @param most how many actors at most
     * @param seed which ones
     * @return these choices when there are no more actors; otherwise those of a sample, in the same order; products stay as they are
     */
    public Choices sample(int most, long seed) {
        if (actors() <= most) {
            return this;
        }
        long[] drawn = new long[actors()];
        for (int actor = 0; actor < drawn.length; actor++) {
            drawn[actor] = ChoiceHoldout.mixed(seed, actor, -1);
        }
        long[] sorted = drawn.clone();
        Arrays.sort(sorted);
        int[] taken = new int[most];
        int count = 0;
        for (int actor = 0; actor < drawn.length && count < most; actor++) {
            if (drawn[actor] < sorted[most]) {
                taken[count++] = actor;
            }
        }
        return new Choices(items, counting, matrix.rows(Arrays.copyOf(taken, count)));
    }

    /**
     * The choices of the most chosen products only, for work whose cost or memory grows with the square of the catalogue.
     *
     * @param most how many products at most, at least 1
     * @return these choices when there are no more products; otherwise those of the products with the most actors, of equal ones those first
     *     named, in the same order; actors stay as they are
     */
    public Choices mostChosen(int most) {
        if (items.size() <= most) {
            return this;
        }
        TopItems top = new TopItems(most);
        float[] actorsOf = new float[items.size()];
        for (int place = 0; place < matrix.size(); place++) {
            actorsOf[matrix.column(place)]++;
        }
        for (int product = 0; product < actorsOf.length; product++) {
            top.offer(product, actorsOf[product]);
        }
        int[] kept = top.drain();
        Arrays.sort(kept);
        String[] ids = new String[most];
        for (int i = 0; i < most; i++) {
            ids[i] = items.id(kept[i]);
        }
        return new Choices(new Items(ids), counting, matrix.columns(kept));
    }

    /**
     * Hides a part of what actors with at least two products chose, to compare settings by what they make of the rest.
     *
     * @param share of an actor's products, above 0 and below 1; rounded, at least one and not all
     * @param most how many actors at most; a sample that the seed decides
     * @param seed which products and actors
     * @return the rest and what is hidden
     */
    public ChoiceHoldout holdOut(double share, int most, long seed) {
        return ChoiceHoldout.of(this, share, most, seed);
    }
}
