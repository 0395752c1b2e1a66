package io.kontor.recommend.content;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import io.kontor.api.data.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The products that came into the catalogue after a model was learned. Holds nothing of the model but its products, so that the model can be let
 * go. Immutable.
 *
 * @param arrivals the catalogue that was looked through last
 * @param complete whether all of it was read
 * @param items the model's products, then the new ones
 * @param said what is said of each new product
 * @param places where each new product is in the space of meanings
 * @param borrowed from which products that were chosen each new one borrows
 * @param byTerm what is said of them, a row a bucket
 */
record Newcomers(List<Arrival> arrivals, boolean complete, Items items, List<Terms> said, List<float[]> places, List<Terms> borrowed,
        SparseMatrix byTerm) {

    /** So many products are read at once; each takes a few tenths of a millisecond. The rest is for the next time. */
    private static final int READ_AT_ONCE = 50;

    /**
     * None yet.
     *
     * @param model the model
     * @return what the model knows
     */
    static Newcomers none(Taste model) {
        return new Newcomers(List.of(), false, model.items(), List.of(), List.of(), List.of(),
                Terms.matrix(List.of(), Words.BUCKETS).transposed());
    }

    /**
     * With those that came meanwhile.
     *
     * @param model the model
     * @param now the catalogue, the latest first
     * @param texts what is said of a product, empty when it is unknown
     * @param vectors where the encoder of the model puts it, null where there is none
     * @return this when nothing changed
     */
    Newcomers with(Taste model, List<Arrival> now, Function<String, Terms> texts,
            Function<String, float[]> vectors) {
        if (now == arrivals && complete) {
            return this;
        }
        List<String> ids = new ArrayList<>();
        boolean all = true;
        for (Arrival arrival : now) {
            if (items.indexOf(arrival.product()) < 0) {
                all &= ids.size() < READ_AT_ONCE;
                if (ids.size() < READ_AT_ONCE) {
                    ids.add(arrival.product());
                }
            }
        }
        if (ids.isEmpty()) {
            return new Newcomers(now, true, items, said, places, borrowed, byTerm);
        }
        String[] names = new String[items.size() + ids.size()];
        for (int product = 0; product < names.length; product++) {
            names[product] = product < items.size() ? items.id(product) : ids.get(product - items.size());
        }
        List<Terms> moreSaid = new ArrayList<>(said);
        List<float[]> morePlaces = new ArrayList<>(places);
        List<Terms> moreBorrowed = new ArrayList<>(borrowed);
        for (String id : ids) {
            Terms terms = model.vocabulary().weighed(texts.apply(id));
            moreSaid.add(terms);
            float[] place = model.meanings().seen(vectors.apply(id));
            morePlaces.add(place);
            moreBorrowed.add(model.kinship().nearest(terms, place));
        }
        return new Newcomers(now, all, new Items(names), moreSaid, morePlaces, moreBorrowed, Terms.matrix(moreSaid, Words.BUCKETS).transposed());
    }
}
