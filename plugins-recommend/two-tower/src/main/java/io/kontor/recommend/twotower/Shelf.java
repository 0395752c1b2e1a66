package io.kontor.recommend.twotower;

import io.kontor.api.choice.Items;
import io.kontor.api.data.Entity;
import io.kontor.api.model.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All products: first those that somebody chose, then those that are only in the catalogue. Immutable.
 *
 * @param items all of them
 * @param chosen how many somebody chose
 * @param traits what they have in common
 * @param of the traits of each
 */
record Shelf(Items items, int chosen, Traits traits, int[][] of) {

    private static final Traits.Described UNKNOWN = new Traits.Described(null, null, Double.NaN);

    /**
     * Reads the catalogue.
     *
     * @param training its records
     * @param chosen the products that somebody chose
     * @return those and all others of the catalogue
     */
    static Shelf of(Training training, Items chosen) {
        Map<String, Traits.Described> described = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int product = 0; product < chosen.size(); product++) {
            ids.add(chosen.id(product));
        }
        training.data().read(Entity.PRODUCTS, batch -> {
            training.job().checkCancelled();
            String[] products = batch.texts("id");
            String[] categories = batch.texts("category");
            String[] brands = batch.texts("brand");
            double[] prices = batch.numbers("price");
            for (int row = 0; row < batch.size(); row++) {
                boolean known = described.put(products[row], new Traits.Described(categories[row], brands[row], prices[row])) != null;
                if (!known && chosen.indexOf(products[row]) < 0) {
                    ids.add(products[row]);
                }
            }
        });
        Traits traits = Traits.of(List.copyOf(described.values()));
        int[][] of = new int[ids.size()][];
        for (int product = 0; product < of.length; product++) {
            of[product] = traits.of(described.getOrDefault(ids.get(product), UNKNOWN));
        }
        return new Shelf(new Items(ids.toArray(String[]::new)), chosen.size(), traits, of);
    }
}
