package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Shelf;
import io.kontor.platform.data.Shelf.Item;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which products may be in the list of a placement for one request. Tests in constant time. Safe for use by several threads. */
final class Sieve implements Predicate<String> {

    private final Definition definition;
    private final Filters filters;
    private final Shelf shelf;
    private final Barred barred;
    private final boolean facets;
    private final double least;
    private final double most;
    private final String category;

    /**
     * What a request itself keeps out.
     *
     * @param current the product looked at; empty for none
     * @param visited products of the running visit
     * @param bought what the customer bought or rated
     * @param blocked what the customer does not want to see
     * @param inactive what is out of sale
     * @param given the only products that are asked for; empty for all
     */
    record Barred(Optional<String> current, Set<String> visited, Set<String> bought, Set<String> blocked, Set<String> inactive,
            Optional<Set<String>> given) {
    }

    Sieve(Definition definition, Shelf shelf, Barred barred) {
        this.definition = definition;
        this.filters = definition.placement.filters();
        this.shelf = shelf;
        this.barred = barred;
        Optional<Item> current = barred.current().flatMap(shelf::item);
        Ratio ratio = filters.priceRelativeToProduct();
        double price = current.map(Item::price).orElse(Double.NaN);
        boolean relative = ratio != null && !Double.isNaN(price);
        least = relative && ratio.min() != null ? price * ratio.min() : Double.NaN;
        most = relative && ratio.max() != null ? price * ratio.max() : Double.NaN;
        category = filters.sameCategory() ? current.map(Item::category).filter(path -> !path.isEmpty()).orElse(null) : null;
        facets = filters.minPrice() != null || filters.maxPrice() != null || !definition.categories.isEmpty()
                || !definition.excludedCategories.isEmpty() || !definition.excludedBrands.isEmpty() || !filters.brands().isEmpty()
                || !filters.attributes().isEmpty() || !Double.isNaN(least) || !Double.isNaN(most) || category != null;
    }

    @Override
    public boolean test(String product) {
        return held(product) == null;
    }

    /** Why a product is held back; null when it is not. */
    Hold held(String product) {
        if (barred.given().isPresent() && !barred.given().get().contains(product)) {
            return Hold.NOT_GIVEN;
        } else if (barred.current().isPresent() && barred.current().get().equals(product)) {
            return Hold.LOOKED_AT;
        } else if (barred.inactive().contains(product)) {
            return Hold.INACTIVE;
        } else if (barred.blocked().contains(product)) {
            return Hold.BLOCKED;
        } else if (definition.placement.notInCart() && barred.visited().contains(product)) {
            return Hold.VISITED;
        } else if (definition.placement.notBought() && barred.bought().contains(product)) {
            return Hold.BOUGHT;
        } else if (definition.excludedProducts.contains(product)) {
            return Hold.EXCLUDED;
        } else if (filters.inStock() && shelf.soldOut(product)) {
            return Hold.SOLD_OUT;
        }
        Optional<Item> item = shelf.item(product);
        if (item.isPresent() && !item.get().active()) {
            return Hold.INACTIVE;
        }
        return facets ? held(item.orElse(null), product) : null;
    }

    private Hold held(Item item, String product) {
        double price = item == null ? Double.NaN : item.price();
        String path = item == null ? "" : item.category();
        if (filters.minPrice() != null && !(price >= filters.minPrice()) || filters.maxPrice() != null && !(price <= filters.maxPrice())) {
            return Hold.PRICE;
        } else if (!definition.categories.isEmpty() && !Match.within(path, definition.categories)
                || !definition.excludedCategories.isEmpty() && (item == null || Match.within(path, definition.excludedCategories))) {
            return Hold.CATEGORY;
        } else if (!definition.excludedBrands.isEmpty() && (item == null || definition.excludedBrands.contains(item.brand()))
                || !filters.brands().isEmpty() && (item == null || !filters.brands().contains(item.brand()))) {
            return Hold.BRAND;
        } else if (!definition.wanted.matches(product, Optional.ofNullable(item))) {
            return Hold.ATTRIBUTE;
        } else if (!Double.isNaN(least) && !(price >= least) || !Double.isNaN(most) && !(price <= most)) {
            return Hold.RELATIVE_PRICE;
        }
        return category != null && !category.equals(path) ? Hold.OTHER_CATEGORY : null;
    }
}
