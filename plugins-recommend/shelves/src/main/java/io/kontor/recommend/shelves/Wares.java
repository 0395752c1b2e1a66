package io.kontor.recommend.shelves;

import io.kontor.api.choice.Items;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The products of a model with their categories. Its arrays are kept and not copied.
 *
 * @param items the products
 * @param categories a path a product; empty where it is unknown
 */
record Wares(Items items, String[] categories) {

    private static final int LONGEST_CATEGORY = 2_000;

    /**
     * Looks up categories.
     *
     * @param data the catalogue
     * @param items the products
     * @return the products with their categories
     */
    static Wares read(Snapshot data, Items items) {
        String[] categories = new String[items.size()];
        Arrays.fill(categories, "");
        data.read(Entity.PRODUCTS, batch -> {
            String[] ids = batch.texts("id");
            String[] paths = batch.texts("category");
            for (int row = 0; row < batch.size(); row++) {
                int product = items.indexOf(ids[row]);
                if (product >= 0 && paths[row] != null && paths[row].length() <= LONGEST_CATEGORY) {
                    categories[product] = paths[row];
                }
            }
        });
        return new Wares(items, categories);
    }

    /** Whether a category is another one or below it; everything is below the empty one. */
    static boolean below(String category, String upper) {
        return upper.isEmpty() || category.startsWith(upper) && (category.length() == upper.length() || category.charAt(upper.length()) == '/');
    }

    void write(DataOutputStream out) throws IOException {
        items.write(out);
        for (String category : categories) {
            out.writeUTF(category);
        }
    }

    static Wares read(DataInputStream in) throws IOException {
        Items items = Items.read(in);
        String[] categories = new String[items.size()];
        for (int product = 0; product < categories.length; product++) {
            categories[product] = in.readUTF();
        }
        return new Wares(items, categories);
    }
}
