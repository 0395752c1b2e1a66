package io.kontor.recommend.content;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Items;
import io.kontor.api.content.Terms;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * The products of a model and those that came into the catalogue after it was learned. A new product is like the others through what is said of
 * it and what it looks like, and borrows from those that it is most like: whom they go with and how popular they are. For one
 * request, as it keeps what it has unpacked.
 */
final class Catalogue {

    // what of a difference of two floats is rounding
    private static final double NOISE = 1e-4;

    private final Taste model;
    private final Newcomers newcomers;
    private final Map<Integer, Terms> texts = new HashMap<>();
    private final Map<Integer, float[]> places = new HashMap<>();
    private final Map<Integer, float[]> looks = new HashMap<>();

    /**
     * Puts them together.
     *
     * @param model the model
     * @param newcomers what came after it
     */
    Catalogue(Taste model, Newcomers newcomers) {
        this.model = model;
        this.newcomers = newcomers;
    }

    Items items() {
        return newcomers.items();
    }

    /** Whether nobody had chosen a product when the model was learned. */
    boolean fresh(int product) {
        return product >= model.chosen();
    }

    /** What is said of a product. */
    Terms said(int product) {
        return texts.computeIfAbsent(product, one -> one < model.items().size() ? Rows.row(model.said(), one)
                : newcomer(one).said());
    }

    private Newcomers.Newcomer newcomer(int product) {
        return newcomers.all().get(product - model.items().size());
    }

    // Where a product is in the space of meanings.
    private float[] place(int product) {
        return places.computeIfAbsent(product, one -> one < model.items().size() ? model.meanings().of(one) : newcomer(one).place());
    }

    // Where a product is in the space of looks.
    private float[] look(int product) {
        return looks.computeIfAbsent(product, one -> one < model.items().size() ? model.looks().of(one) : newcomer(one).look());
    }

    // From which products one borrows that nobody chose yet.
    private Terms lenders(int product) {
        return product < model.chosen() ? Terms.NONE : product < model.items().size()
                ? Rows.row(model.borrowed(), product - model.chosen()) : newcomer(product).borrowed();
    }

    private float factor(int product) {
        return product < model.items().size() ? model.factor(product) : model.factor(newcomer(product).borrowed());
    }

    /**
     * Scores all products. None speaks for itself: one that was looked at is not recommended for being like itself.
     *
     * @param basket what is known of who asks
     * @return one a product
     */
    float[] scores(Basket basket) {
        float[] chosenWith = new float[model.chosen()];
        float[] scores = new float[items().size()];
        float content = (float) model.blend().content();
        for (int place = 0; place < basket.size(); place++) {
            int source = basket.product(place);
            float weight = basket.weight(place);
            Terms lenders = lenders(source);
            model.together().ifPresent(pairs -> {
                if (source < model.chosen()) {
                    pairs.add(source, weight, chosenWith);
                }
                for (int i = 0; i < lenders.size(); i++) {
                    pairs.add(lenders.buckets()[i], weight * lenders.weights()[i], chosenWith);
                }
            });
            Terms said = said(source);
            Kinship.add(model.byTerm(), said, weight * content, scores, 0);
            Kinship.add(newcomers.byTerm(), said, weight * content, scores, model.items().size());
        }
        if (meaningful()) {
            add(basket, model.meanings(), this::place, content * model.blend().meaning(), scores);
        }
        if (visible()) {
            add(basket, model.looks(), this::look, content * model.blend().look(), scores);
        }
        for (int product = 0; product < scores.length; product++) {
            scores[product] += product < chosenWith.length ? chosenWith[product] : borrowed(product, chosenWith);
            scores[product] *= scores[product] == 0 ? 0 : factor(product);
        }
        for (int place = 0; place < basket.size(); place++) {
            int source = basket.product(place);
            double own = basket.weight(place) * (together(source, source) + alike(source, source) + looksAlike(source, source));
            double others = scores[source] - own;
            scores[source] = others > NOISE * own ? (float) others : 0;
        }
        return scores;
    }

    // Without copies, as this is asked of each product that nobody chose.
    private float borrowed(int product, float[] chosenWith) {
        float sum = 0;
        if (product >= model.items().size()) {
            Terms lenders = newcomer(product).borrowed();
            for (int i = 0; i < lenders.size(); i++) {
                sum += lenders.weights()[i] * chosenWith[lenders.buckets()[i]];
            }
            return sum;
        }
        int row = product - model.chosen();
        for (int at = model.borrowed().start(row); at < model.borrowed().start(row + 1); at++) {
            sum += model.borrowed().value(at) * chosenWith[model.borrowed().column(at)];
        }
        return sum;
    }

    private boolean meaningful() {
        return model.meanings().size() > 0 && model.blend().meaning() > 0;
    }

    private boolean visible() {
        return model.looks().size() > 0 && model.blend().look() > 0;
    }

    private void add(Basket basket, Space space, IntFunction<float[]> places, double weight, float[] scores) {
        float[] middle = new float[space.size()];
        for (int place = 0; place < basket.size(); place++) {
            float[] source = places.apply(basket.product(place));
            for (int i = 0; i < middle.length; i++) {
                middle[i] += basket.weight(place) * source[i];
            }
        }
        space.add(middle, (float) weight, scores);
        for (int product = model.items().size(); product < scores.length; product++) {
            scores[product] += (float) weight * Space.times(middle, places.apply(product));
        }
    }

    /** What being chosen together adds to a score at a weight of 1. */
    double together(int source, int target) {
        return model.together().isEmpty() ? 0 : factor(target) * lent(source, target);
    }

    private double lent(int source, int target) {
        if (source >= model.chosen()) {
            return sum(lenders(source), lender -> lent(lender, target));
        }
        return target < model.chosen() ? model.together().get().similarity(source, target)
                : sum(lenders(target), lender -> model.together().get().similarity(source, lender));
    }

    private static double sum(Terms lenders, IntToDoubleFunction each) {
        double sum = 0;
        for (int i = 0; i < lenders.size(); i++) {
            sum += lenders.weights()[i] * each.applyAsDouble(lenders.buckets()[i]);
        }
        return sum;
    }

    /** What being alike in words and meaning adds to a score at a weight of 1. */
    double alike(int source, int target) {
        double meaning = meaningful() ? model.blend().meaning() * Space.times(place(source), place(target)) : 0;
        return model.blend().content() * factor(target) * (said(source).times(said(target)) + meaning);
    }

    /** What looking alike adds to a score at a weight of 1. */
    double looksAlike(int source, int target) {
        return visible() ? model.blend().content() * factor(target) * model.blend().look() * Space.times(look(source), look(target)) : 0;
    }

    /** Whether a product that nobody chose yet borrows from others more for its looks than for what is said of it. */
    boolean borrowsByLooks(int product) {
        Terms lenders = lenders(product);
        double more = 0;
        for (int i = 0; i < lenders.size() && model.blend().kin() > 0; i++) {
            int lender = lenders.buckets()[i];
            double said = said(lender).times(said(product)) + Math.max(0, Space.times(place(lender), place(product)));
            more += lenders.weights()[i] * (model.blend().kin() * Math.max(0, Space.times(look(lender), look(product))) - said);
        }
        return more > 0;
    }
}
