package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Shelf.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a product is one of some: tests in constant time, whatever the number of values. Immutable. */
final class Match {

    private final Set<String> products;
    private final Set<String> categories;
    private final Set<String> brands;
    private final Map<String, Set<String>> attributes = new HashMap<>();

    Match(List<String> products, List<String> categories, List<String> brands, Map<String, List<String>> attributes) {
        this.products = Set.copyOf(products);
        this.categories = Set.copyOf(categories);
        this.brands = Set.copyOf(brands);
        attributes.forEach((name, values) -> this.attributes.put(name, Set.copyOf(values)));
    }

    /** Whether the product has one of each list that is not empty. */
    boolean matches(String product, Optional<Item> item) {
        return (products.isEmpty() || products.contains(product))
                && (categories.isEmpty() || item.isPresent() && within(item.get().category(), categories))
                && (brands.isEmpty() || item.isPresent() && brands.contains(item.get().brand()))
                && (attributes.isEmpty() || item.isPresent() && has(item.get().attributes()));
    }

    private boolean has(Map<String, String> of) {
        for (Map.Entry<String, Set<String>> wanted : attributes.entrySet()) {
            String value = of.get(wanted.getKey());
            if (value == null || !wanted.getValue().contains(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a category is one of some or below one of them. */
    static boolean within(String category, Set<String> paths) {
        if (paths.contains(category)) {
            return true;
        }
        for (int slash = category.lastIndexOf('/'); slash > 0; slash = category.lastIndexOf('/', slash - 1)) {
            if (paths.contains(category.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }
}
