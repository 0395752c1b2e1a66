package io.kontor.recommend.content;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Items;
import io.kontor.api.content.Terms;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The products of a model and those that came into the catalogue after it was learned. A new product is like the others through what is said of
 * it, and borrows from those that it is most like: whom they go with and how popular they are. For one
 * request, as it keeps what it has unpacked.
 */
final class Catalogue {

    private final Taste model;
    private final Newcomers newcomers;
    private final Map<Integer, Terms> texts = new HashMap<>();
    private final Map<Integer, float[]> places = new HashMap<>();

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
                : newcomers.said().get(one - model.items().size()));
    }

    // Where a product is in the space of meanings.
    private float[] place(int product) {
        return places.computeIfAbsent(product, one -> one < model.items().size() ? model.meanings().of(one)
                : newcomers.places().get(one - model.items().size()));
    }

    // From which products one borrows that nobody chose yet.
    private Terms lenders(int product) {
        return product < model.chosen() ? Terms.NONE : product < model.items().size()
                ? Rows.row(model.borrowed(), product - model.chosen()) : newcomers.borrowed().get(product - model.items().size());
    }

    private float factor(int product) {
        if (product < model.chosen()) {
            return model.blend().factor(model.popularity(product));
        }
        Terms lenders = lenders(product);
        float share = 0;
        for (int i = 0; i < lenders.size(); i++) {
            share += lenders.weights()[i] * model.popularity(lenders.buckets()[i]);
        }
        return share == 0 ? 0 : model.blend().factor(share);
    }

    /**
     * Scores all products.
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
            model.kinship().add(said, weight * content, scores);
            Kinship.add(newcomers.byTerm(), said, weight * content, scores, model.items().size());
        }
        addMeanings(basket, scores);
        for (int product = 0; product < scores.length; product++) {
            if (product < chosenWith.length) {
                scores[product] += chosenWith[product];
            } else {
                Terms lenders = lenders(product);
                for (int i = 0; i < lenders.size(); i++) {
                    scores[product] += lenders.weights()[i] * chosenWith[lenders.buckets()[i]];
                }
            }
            scores[product] *= scores[product] == 0 ? 0 : factor(product);
        }
        return scores;
    }

    private boolean meaningful() {
        return model.meanings().size() > 0 && model.blend().meaning() > 0;
    }

    private void addMeanings(Basket basket, float[] scores) {
        if (!meaningful()) {
            return;
        }
        float[] middle = new float[model.meanings().size()];
        for (int place = 0; place < basket.size(); place++) {
            float[] source = place(basket.product(place));
            for (int i = 0; i < middle.length; i++) {
                middle[i] += basket.weight(place) * source[i];
            }
        }
        float weight = (float) (model.blend().content() * model.blend().meaning());
        model.meanings().add(middle, weight, scores);
        for (int i = 0; i < newcomers.places().size(); i++) {
            scores[model.items().size() + i] += weight * Meanings.times(middle, newcomers.places().get(i));
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

    /** What being alike adds to a score at a weight of 1. */
    double alike(int source, int target) {
        double meaning = meaningful() ? model.blend().meaning() * Meanings.times(place(source), place(target)) : 0;
        return model.blend().content() * factor(target) * (said(source).times(said(target)) + meaning);
    }
}
