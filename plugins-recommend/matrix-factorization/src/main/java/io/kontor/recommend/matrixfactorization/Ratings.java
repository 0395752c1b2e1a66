package io.kontor.recommend.matrixfactorization;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Counting;
import io.kontor.api.choice.Items;
import io.kontor.api.model.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What is learned from: ratings, where the shop has any, each customer's latest of a product; otherwise choices, each with the value 1, beside
 * which products that were not chosen will stand with 0. Immutable.
 *
 * @param items the products
 * @param counting how much deeds count
 * @param explicit whether the values are ratings
 * @param actors how many actors there are
 * @param actor one a value
 * @param product one a value
 * @param values the ratings
 */
record Ratings(Items items, Counting counting, boolean explicit, int actors, int[] actor, int[] product, float[] values) {

    static Ratings read(Training training, Choices choices) {
        Rated rated = new Rated(choices.items());
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            String[] types = batch.texts("type");
            String[] customers = batch.texts("customerId");
            String[] products = batch.texts("productId");
            double[] values = batch.numbers("value");
            for (int row = 0; row < batch.size(); row++) {
                if ("rating".equals(types[row]) && customers[row] != null && products[row] != null && Double.isFinite(values[row])) {
                    rated.add(customers[row], products[row], (float) values[row]);
                }
            }
        });
        return rated.size == 0 ? of(choices) : rated.ratings(choices);
    }

    static Ratings of(Choices choices) {
        int[] actor = new int[choices.size()];
        int[] product = new int[actor.length];
        float[] values = new float[actor.length];
        Arrays.fill(values, 1);
        for (int row = 0; row < choices.actors(); row++) {
            for (int place = choices.matrix().start(row); place < choices.matrix().start(row + 1); place++) {
                actor[place] = row;
                product[place] = choices.matrix().column(place);
            }
        }
        return new Ratings(choices.items(), choices.counting(), false, choices.actors(), actor, product, values);
    }

    int size() {
        return values.length;
    }

    private static final class Rated {

        private final Items items;
        private final Map<String, Integer> customers = new HashMap<>();
        private final Map<Long, Integer> places = new HashMap<>();
        private int[] actor = new int[1024];
        private int[] product = new int[1024];
        private float[] values = new float[1024];
        private int size;

        Rated(Items items) {
            this.items = items;
        }

        void add(String customer, String id, float value) {
            int item = items.indexOf(id);
            Integer index = customers.get(customer);
            if (index == null) {
                index = customers.size();
                customers.put(customer, index);
            }
            Integer before = places.putIfAbsent((long) index << 32 | item, size);
            if (before != null) {
                values[before] = value;
                return;
            }
            if (size == values.length) {
                actor = Arrays.copyOf(actor, size * 2);
                product = Arrays.copyOf(product, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            actor[size] = index;
            product[size] = item;
            values[size++] = value;
        }

        Ratings ratings(Choices choices) {
            return new Ratings(items, choices.counting(), true, customers.size(), Arrays.copyOf(actor, size), Arrays.copyOf(product, size),
                    Arrays.copyOf(values, size));
        }
    }
}
