package io.kontor.recommend.graph;

import io.kontor.api.choice.Items;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What products have in common: brands, categories with those above them, and attributes. Immutable.
 *
 * @param items all products, those that were chosen first
 * @param names of the features: the kind, a colon, and the value
 * @param rows a row a product, a column a feature, 1 where the product has it; only features of at least two products
 */
record Features(Items items, List<String> names, SparseMatrix rows) {

    static final String BRAND = "brand:";
    static final String CATEGORY = "category:";
    private static final int LONGEST = 200;

    /**
     * Reads the catalogue.
     *
     * @param data has it
     * @param chosen the products that were chosen
     * @return those and all others of the catalogue
     */
    static Features read(Snapshot data, Items chosen) {
        Map<String, TreeSet<String>> byProduct = new LinkedHashMap<>();
        for (int product = 0; product < chosen.size(); product++) {
            byProduct.put(chosen.id(product), new TreeSet<>());
        }
        data.read(Entity.PRODUCTS, batch -> add(batch, byProduct));
        Map<String, Integer> owners = new LinkedHashMap<>();
        byProduct.values().forEach(features -> features.forEach(feature -> owners.merge(feature, 1, Integer::sum)));
        Map<String, Integer> places = new LinkedHashMap<>();
        owners.forEach((feature, count) -> {
            if (count > 1) {
                places.put(feature, places.size());
            }
        });
        int[] starts = new int[byProduct.size() + 1];
        int[] cells = new int[owners.values().stream().mapToInt(Integer::intValue).sum()];
        int row = 0;
        int count = 0;
        for (TreeSet<String> features : byProduct.values()) {
            for (String feature : features) {
                if (places.containsKey(feature)) {
                    cells[count++] = places.get(feature);
                }
            }
            starts[++row] = count;
        }
        return new Features(new Items(byProduct.keySet().toArray(String[]::new)), List.copyOf(places.keySet()),
                matrix(places.size(), starts, cells));
    }

    static SparseMatrix matrix(int features, int[] starts, int[] cells) {
        float[] ones = new float[starts[starts.length - 1]];
        Arrays.fill(ones, 1);
        return new SparseMatrix(features, starts, Arrays.copyOf(cells, ones.length), ones);
    }

    private static void add(ColumnBatch batch, Map<String, TreeSet<String>> byProduct) {
        String[] ids = batch.texts("id");
        String[] brands = batch.texts("brand");
        String[] categories = batch.texts("category");
        List<String> names = new ArrayList<>(batch.attributes());
        List<String[]> values = names.stream().map(batch::texts).toList();
        for (int i = 0; i < batch.size(); i++) {
            TreeSet<String> features = byProduct.computeIfAbsent(ids[i], id -> new TreeSet<>());
            put(features, BRAND, brands[i]);
            String path = categories[i] == null ? "" : categories[i];
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                put(features, CATEGORY, path.substring(0, end));
            }
            put(features, CATEGORY, path);
            for (int a = 0; a < values.size(); a++) {
                put(features, names.get(a) + ":", values.get(a)[i]);
            }
        }
    }

    private static void put(TreeSet<String> features, String kind, String value) {
        if (value != null && !value.isBlank() && value.length() <= LONGEST) {
            features.add(kind + value.strip());
        }
    }
}
