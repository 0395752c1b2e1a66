package io.kontor.platform.decisions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place of a store where recommended products stand, and how its lists come about: strategies give candidates, a ranking orders them,
 * filters hold products back, rules pin, boost and bury, diversity spreads what is left, and a chain of fallbacks fills the list up. The same
 * record is the JSON of the API and of the database: what is missing there is null or takes its default here. Immutable.
 *
 * @param id names it in requests, as ids of stores do
 * @param title what people call it, 1 to 200 characters
 * @param kind where it stands, one of {@link #KINDS}
 * @param enabled whether it has an effect; a request for one that is not is answered as without
 * @param strategies plugins that are all asked for candidates, whose lists are merged; when empty the store's recommenders are asked in their
 *     order and the first that answers gives the candidates
 * @param ranking the plugin that orders the candidates; null for their own order
 * @param filters which products may be in the list
 * @param rules what is pinned, boosted and buried; earlier ones take their positions first
 * @param diversity how much the products of a list shall differ
 * @param fallback what fills the list up, one after the other: plugins, {@link #POPULAR} or {@link #NEWEST}; then comes the catalogue
 * @param personalWeight how much the strategies count beside the shop's own order when a list of products is ranked again, 0 to 1
 * @param learning one of {@link #METHODS}, so that each request is answered by one of the strategies, chosen by what earlier requests led to;
 *     null to ask all of them
 */
public record Placement(String id, String title, String kind, Boolean enabled, List<String> strategies, String ranking, Filters filters,
        List<Rule> rules, Diversity diversity, List<String> fallback, Double personalWeight, String learning) {

    /** Where a placement can stand. */
    public static final List<String> KINDS = List.of("home", "product", "cart", "search", "email", "advertisement");
    /** What a rule can do. */
    public static final List<String> RULE_KINDS = List.of("pin", "boost", "bury");
    /** How a placement can learn. */
    public static final List<String> METHODS = List.of("linucb", "thompson");
    /** The fallback to the products of the catalogue that are bought most. */
    public static final String POPULAR = "popular";
    /** The fallback to the products that came last into the catalogue. */
    public static final String NEWEST = "newest";

    private static final double USUAL_WEIGHT = 0.5;

    /** Puts defaults in the place of what is missing, but for id, title, kind and ranking. */
    public Placement {
        enabled = enabled == null || enabled;
        strategies = given(strategies);
        filters = filters == null ? Filters.NONE : filters;
        rules = given(rules);
        diversity = diversity == null ? Diversity.NONE : diversity;
        fallback = given(fallback);
        personalWeight = personalWeight == null ? USUAL_WEIGHT : personalWeight;
    }

    /**
     * A placement that asks all of its strategies.
     *
     * @param id names it
     * @param title what people call it
     * @param kind where it stands
     * @param enabled whether it has an effect
     * @param strategies plugins that are asked
     * @param ranking the plugin that orders the candidates
     * @param filters which products may be in the list
     * @param rules what is pinned, boosted and buried
     * @param diversity how much the products of a list shall differ
     * @param fallback what fills the list up
     * @param personalWeight how much the strategies count beside the shop's own order
     */
    public Placement(String id, String title, String kind, Boolean enabled, List<String> strategies, String ranking, Filters filters,
            List<Rule> rules, Diversity diversity, List<String> fallback, Double personalWeight) {
        this(id, title, kind, enabled, strategies, ranking, filters, rules, diversity, fallback, personalWeight, null);
    }

    /** Lists from outside may have nulls in them, which are to be refused with a sentence. */
    private static <T> List<T> given(List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }

    private static Map<String, List<String>> given(Map<String, List<String>> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /**
     * The same placement under a name.
     *
     * @param other the id
     * @return the placement
     */
    public Placement named(String other) {
        return new Placement(other, title, kind, enabled, strategies, ranking, filters, rules, diversity, fallback, personalWeight, learning);
    }

    /**
     * The same placement with other strategies.
     *
     * @param others plugins
     * @return the placement
     */
    public Placement with(List<String> others) {
        return new Placement(id, title, kind, enabled, others, ranking, filters, rules, diversity, fallback, personalWeight, learning);
    }

    /**
     * The same placement with other strategies, one of which is perhaps chosen for each request.
     *
     * @param others plugins
     * @param method how it learns; null to ask all of them
     * @return the placement
     */
    public Placement with(List<String> others, String method) {
        return new Placement(id, title, kind, enabled, others, ranking, filters, rules, diversity, fallback, personalWeight, method);
    }

    /**
     * How lists come about here, in the place of another placement.
     *
     * @param other whose id, title, kind and being enabled it takes
     * @return the placement
     */
    public Placement asIn(Placement other) {
        return new Placement(other.id, other.title, other.kind, other.enabled, strategies, ranking, filters, rules, diversity, fallback,
                personalWeight, learning);
    }

    /**
     * Whether one of the strategies is chosen for each request.
     *
     * @return true when it learns and has at least two to choose from
     */
    public boolean learns() {
        return learning != null && strategies.size() > 1;
    }

    /**
     * Whether products are held back that the customer bought or rated.
     *
     * @return what the filters say, and when they do not, true for all kinds but search
     */
    public boolean notBought() {
        return filters.notBought == null ? !kind.equals("search") : filters.notBought;
    }

    /**
     * Whether products of the running visit are held back.
     *
     * @return what the filters say, and when they do not, true for all kinds but search
     */
    public boolean notInCart() {
        return filters.notInCart == null ? !kind.equals("search") : filters.notInCart;
    }

    /**
     * Which products may be in a list. All conditions must hold: a product of which is not known what a condition asks for is held back.
     * Products out of sale, the product looked at and what the customer does not want are never in a list.
     *
     * @param inStock whether products are held back of which nothing is left by the latest stock records; products without any are kept
     * @param minPrice the least price in the store's currency; null for none
     * @param maxPrice the highest price; null for none
     * @param categories only of these, each with all below it; when empty of all
     * @param excludeCategories none of these nor of what is below them
     * @param brands only of these; when empty of all
     * @param excludeBrands none of these
     * @param excludeProducts none of these
     * @param attributes only products whose attribute of that name has one of these values
     * @param notBought whether what the customer bought or rated is held back; null for true but in kind search
     * @param notInCart whether what the visit has seen is held back; null for true but in kind search
     * @param priceRelativeToProduct the price as a ratio to that of the product looked at; null for any
     * @param sameCategory whether only products of the category of the product looked at are wanted
     */
    public record Filters(Boolean inStock, Double minPrice, Double maxPrice, List<String> categories, List<String> excludeCategories,
            List<String> brands, List<String> excludeBrands, List<String> excludeProducts, Map<String, List<String>> attributes,
            Boolean notBought, Boolean notInCart, Ratio priceRelativeToProduct, Boolean sameCategory) {

        /** Holds nothing back. */
        public static final Filters NONE = new Filters(false, null, null, null, null, null, null, null, null, null, null, null, false);

        /** Puts empty lists in the place of what is missing. */
        public Filters {
            inStock = inStock != null && inStock;
            categories = given(categories);
            excludeCategories = given(excludeCategories);
            brands = given(brands);
            excludeBrands = given(excludeBrands);
            excludeProducts = given(excludeProducts);
            attributes = given(attributes);
            sameCategory = sameCategory != null && sameCategory;
        }
    }

    /**
     * A span of ratios.
     *
     * @param min the least; null for none
     * @param max the highest; null for none
     */
    public record Ratio(Double min, Double max) {
    }

    /**
     * What is to be done with some products. It applies to products that have one of each list that is not empty.
     *
     * @param id names it within the placement
     * @param title what people call it; the id when missing
     * @param enabled whether it has an effect
     * @param kind one of {@link #RULE_KINDS}
     * @param products these products; a pin sets them one after the other in this order
     * @param categories products of these categories and of those below
     * @param brands products of these brands
     * @param attributes products whose attribute of that name has one of these values
     * @param position where a pin sets its first product, from 1; null for the other kinds
     * @param factor by what the value of a product is multiplied: above 1 for a boost, below 1 for a bury; null for a pin
     * @param from when it begins: a date, a time of the store's clock or a time with an offset; null for always
     * @param to when it ends, likewise; a date is the last day; null for never
     * @param customers for whom; null for all
     */
    public record Rule(String id, String title, Boolean enabled, String kind, List<String> products, List<String> categories,
            List<String> brands, Map<String, List<String>> attributes, Integer position, Double factor, String from, String to,
            Segment customers) {

        /** Puts defaults in the place of what is missing. */
        public Rule {
            enabled = enabled == null || enabled;
            products = given(products);
            categories = given(categories);
            brands = given(brands);
            attributes = given(attributes);
        }

        /**
         * What people call it.
         *
         * @return the title, or the id when it has none
         */
        public String name() {
            return title == null || title.isBlank() ? id : title;
        }
    }

    /**
     * Some customers: those who have one of each list that is not empty. Somebody unknown is none of them.
     *
     * @param countries ISO 3166-1 codes
     * @param regions as in the customers' records
     * @param cities as in the customers' records
     */
    public record Segment(List<String> countries, List<String> regions, List<String> cities) {

        /** Puts empty lists in the place of what is missing. */
        public Segment {
            countries = given(countries);
            regions = given(regions);
            cities = given(cities);
        }
    }

    /**
     * How much the products of a list shall differ.
     *
     * @param mmrLambda how much a product's own value counts beside being unlike those before it, 0 to 1; 1 spreads nothing
     * @param maxPerCategory how many of one category a list may have, pinned ones counted; null for any number
     * @param maxPerBrand how many of one brand a list may have, pinned ones counted; null for any number
     */
    public record Diversity(Double mmrLambda, Integer maxPerCategory, Integer maxPerBrand) {

        /** Spreads nothing. */
        public static final Diversity NONE = new Diversity(1.0, null, null);

        /** Puts 1 in the place of a missing lambda. */
        public Diversity {
            mmrLambda = mmrLambda == null ? 1 : mmrLambda;
        }
    }
}
