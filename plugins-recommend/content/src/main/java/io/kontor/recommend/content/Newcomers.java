package io.kontor.recommend.content;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.content.Terms;
import io.kontor.api.content.Words;
import io.kontor.api.data.Arrival;
import io.kontor.api.data.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The products that came into the catalogue after a model was learned. Holds nothing of the model but its products, so that the model can be let
 * go. Immutable.
 *
 * @param seen the catalogue and the pictures that were looked through last
 * @param complete whether all of it was read
 * @param items the model's products, then the new ones
 * @param all what is known of each new product
 * @param byTerm what is said of them, a row a bucket
 */
record Newcomers(State seen, boolean complete, Items items, List<Newcomer> all, SparseMatrix byTerm) {

    /** So many products are read at once, fewer where each is compared with many. The rest is for the next time. */
    private static final int READ_AT_ONCE = 50;
    private static final int COMPARED_AT_ONCE = 200_000;

    /**
     * What newcomers are found in; the same objects as long as nothing changed.
     *
     * @param arrivals the catalogue, the latest first
     * @param pictures which pictures were uploaded; null for a model that does not know of looks
     * @param looked how many pictures were looked at
     */
    record State(List<Arrival> arrivals, Pictures pictures, int looked) {

        boolean same(State other) {
            return other != null && arrivals == other.arrivals && pictures == other.pictures && looked == other.looked;
        }
    }

    /**
     * What is known of a new product.
     *
     * @param said what is said of it
     * @param place where it is in the space of meanings
     * @param imageUrl names its picture
     * @param picture the key of the picture that was looked at; empty when none was yet
     * @param look where it is in the space of looks
     * @param borrowed from which products that were chosen it borrows
     */
    record Newcomer(Terms said, float[] place, String imageUrl, String picture, float[] look, Terms borrowed) {
    }

    /** Tells what the shop says of new products. */
    interface Source {

        /** What is said of a product, empty when it is unknown. */
        Terms terms(String product);

        /** Where the encoder of the model puts it, null where there is none. */
        float[] vector(String product);

        /** The name of its picture, or empty. */
        String imageUrl(String product);

        /** What a picture looks like; empty when that is not known yet. */
        Optional<float[]> look(String picture);
    }

    /**
     * None yet.
     *
     * @param model the model
     * @return what the model knows
     */
    static Newcomers none(Taste model) {
        return new Newcomers(null, false, model.items(), List.of(), Terms.matrix(List.of(), Words.BUCKETS).transposed());
    }

    /**
     * With those that came meanwhile, and with the pictures of those that were there.
     *
     * @param model the model
     * @param now what is there now
     * @param source tells of each
     * @return this when nothing changed
     */
    Newcomers with(Taste model, State now, Source source) {
        if (complete && now.same(seen)) {
            return this;
        }
        List<Newcomer> more = new ArrayList<>(all);
        int most = Math.max(1, Math.min(READ_AT_ONCE, COMPARED_AT_ONCE / model.kinship().size()));
        int read = 0;
        boolean whole = true;
        for (int i = 0; i < more.size() && now.pictures != null; i++) {
            Newcomer one = more.get(i);
            String picture = now.pictures.key(one.imageUrl).orElse("");
            if (!picture.equals(one.picture) && (picture.isEmpty() || source.look(picture).isPresent())) {
                whole &= read < most;
                if (read++ < most) {
                    more.set(i, seen(model, one.said, one.place, one.imageUrl, now, source));
                }
            }
        }
        List<String> ids = new ArrayList<>();
        for (Arrival arrival : now.arrivals) {
            if (items.indexOf(arrival.product()) < 0) {
                whole &= read < most;
                if (read++ < most) {
                    ids.add(arrival.product());
                }
            }
        }
        for (String id : ids) {
            Terms terms = model.vocabulary().weighed(source.terms(id));
            more.add(seen(model, terms, model.meanings().seen(source.vector(id)), source.imageUrl(id), now, source));
        }
        return new Newcomers(now, whole, ids.isEmpty() ? items : items(ids), more,
                ids.isEmpty() ? byTerm : Terms.matrix(more.stream().map(Newcomer::said).toList(), Words.BUCKETS).transposed());
    }

    private Items items(List<String> ids) {
        String[] names = new String[items.size() + ids.size()];
        for (int product = 0; product < names.length; product++) {
            names[product] = product < items.size() ? items.id(product) : ids.get(product - items.size());
        }
        return new Items(names);
    }

    private static Newcomer seen(Taste model, Terms said, float[] place, String imageUrl, State now, Source source) {
        Optional<String> key = now.pictures == null ? Optional.empty() : now.pictures.key(imageUrl);
        Optional<float[]> look = key.flatMap(source::look);
        float[] seen = model.looks().seen(look.orElse(null));
        return new Newcomer(said, place, imageUrl, look.isEmpty() ? "" : key.get(), seen, model.kinship().nearest(said, place, seen));
    }
}
