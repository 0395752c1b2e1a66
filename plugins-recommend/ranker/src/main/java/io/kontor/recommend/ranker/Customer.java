package io.kontor.recommend.ranker;

import io.kontor.api.data.Interaction;
import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.recommend.RecommendationRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of who asks, put together once a request. For one thread. */
final class Customer {

    private static final int LATEST = 200;
    private static final long DAY_MILLIS = 86_400_000;
    private static final int UNKNOWN_SHARE = 4;
    private static final int UNKNOWN_PRICE = 5;
    private static final int NEVER = 5;
    private static final double[] SHARES = {0.33, 0.67};
    private static final double[] PRICES = {0.5, 0.8, 1.25, 2};
    private static final long[] INTEREST_DAYS = {1, 7, 30};

    private final StoreData data;
    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<String, Integer> brands = new HashMap<>();
    private final Map<String, Instant> interests = new HashMap<>();
    private final Optional<String> lookedAt;
    private final double price;
    private final int known;
    private final Instant now;

    /**
     * Puts together.
     *
     * @param request who asks
     * @param data what the products are
     */
    Customer(RecommendationRequest request, StoreData data) {
        this.data = data;
        List<Interaction> history = request.history();
        now = history.isEmpty() ? Instant.EPOCH : history.get(0).time();
        double[] prices = new double[Math.min(LATEST, history.size()) + request.session().size()];
        int priced = 0;
        int count = 0;
        for (Interaction deed : history.subList(0, Math.min(LATEST, history.size()))) {
            if (deed.type() != Interaction.Type.IMPRESSION && deed.type() != Interaction.Type.RETURN) {
                count++;
                priced = add(deed.product(), deed.time(), prices, priced);
            }
        }
        for (String product : request.session()) {
            count++;
            priced = add(product, Instant.MAX, prices, priced);
        }
        known = count;
        Arrays.sort(prices, 0, priced);
        price = priced == 0 ? Double.NaN : prices[priced / 2];
        lookedAt = request.product().flatMap(data::product).map(Product::category).filter(category -> !category.isEmpty());
    }

    private int add(String id, Instant time, double[] prices, int priced) {
        Product product = data.product(id).orElse(null);
        if (product == null) {
            return priced;
        }
        if (!product.category().isEmpty()) {
            categories.merge(product.category(), 1, Integer::sum);
            interests.merge(product.category(), time, (one, other) -> one.isAfter(other) ? one : other);
        }
        if (!product.brand().isEmpty()) {
            brands.merge(product.brand(), 1, Integer::sum);
        }
        if (product.price() > 0) {
            prices[priced] = product.price();
            return priced + 1;
        }
        return priced;
    }

    /** In which step of a trait a candidate is. */
    int step(Trait trait, String id, Optional<Product> product, Shelf shelf) {
        String category = product.map(Product::category).orElse("");
        return switch (trait) {
            case POPULARITY -> shelf.popularity(id);
            case PRODUCT_AGE -> shelf.age(id);
            case CATEGORY -> share(category, categories);
            case BRAND -> share(product.map(Product::brand).orElse(""), brands);
            case PRICE_BAND -> band(product.map(Product::price).orElse(Double.NaN));
            case AGE_OF_INTEREST -> interest(category);
            case ACTIVITY -> known == 0 ? 0 : known < 5 ? 1 : known < 20 ? 2 : 3;
            case LOOKED_AT -> lookedAt.isEmpty() ? 0 : lookedAt.get().equals(category) ? 2 : 1;
        };
    }

    private int share(String name, Map<String, Integer> counts) {
        if (name.isEmpty() || known == 0) {
            return UNKNOWN_SHARE;
        }
        double share = (double) counts.getOrDefault(name, 0) / known;
        return share == 0 ? 0 : share < SHARES[0] ? 1 : share < SHARES[1] ? 2 : 3;
    }

    private int band(double candidate) {
        if (!(candidate > 0) || Double.isNaN(price)) {
            return UNKNOWN_PRICE;
        }
        int band = 0;
        while (band < PRICES.length && candidate / price >= PRICES[band]) {
            band++;
        }
        return band;
    }

    private int interest(String category) {
        Instant last = interests.get(category);
        if (last == null) {
            return NEVER;
        } else if (last.equals(Instant.MAX)) {
            return 0;
        }
        long days = (now.toEpochMilli() - last.toEpochMilli()) / DAY_MILLIS;
        int step = 1;
        while (step <= INTEREST_DAYS.length && days >= INTEREST_DAYS[step - 1]) {
            step++;
        }
        return step;
    }

    StoreData data() {
        return data;
    }
}
