package io.kontor.platform.models.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How held-out customers are parted: by the category that most of the products belong to that they turned to, by whether those products were
 * new, by whether the customer is new, by how much is known of the customer, and by the customer's country and the attribute {@code segment}.
 */
final class RankingSlices {

    private static final String SEGMENT = "attr.segment";
    private static final int FEW = 5;
    private static final int MANY = 20;

    private final Snapshot all;
    private final Instant since;
    private final RankedCatalogue products;

    RankingSlices(Snapshot all, Instant begin, RankedCatalogue products) {
        this.all = all;
        this.since = begin.minus(Duration.ofDays(Slicing.NEW_DAYS));
        this.products = products;
    }

    Slicing of(List<RankingCase> cases) {
        Map<String, String> categories = Slicing.categories(all);
        Map<String, String> countries = new HashMap<>();
        Map<String, String> segments = new HashMap<>();
        customers(cases.stream().map(RankingCase::customer).collect(Collectors.toSet()), countries, segments);
        return new Slicing()
                .by("category", cases.stream().map(one -> category(one, categories)).toArray(String[]::new))
                .by("product", cases.stream().map(one -> newness(one.relevant().stream()
                        .allMatch(product -> products.first(product) >= since.toEpochMilli()))).toArray(String[]::new))
                .by("customer", cases.stream().map(one -> newness(!one.first().isBefore(since))).toArray(String[]::new))
                .by("activity", cases.stream().map(one -> one.known() < FEW ? "1-4" : one.known() < MANY ? "5-19" : "20+")
                        .toArray(String[]::new))
                .by("country", cases.stream().map(one -> countries.get(one.customer())).toArray(String[]::new))
                .by("segment", cases.stream().map(one -> segments.get(one.customer())).toArray(String[]::new));
    }

    private static String newness(boolean isNew) {
        return isNew ? Slicing.NEW : Slicing.KNOWN;
    }

    /** The most frequent one, of several the first by name. */
    private static String category(RankingCase one, Map<String, String> categories) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        one.relevant().stream().map(categories::get).filter(Objects::nonNull).forEach(name -> counts.merge(name, 1, Integer::sum));
        String most = null;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            most = most == null || entry.getValue() > counts.get(most) ? entry.getKey() : most;
        }
        return most;
    }

    private void customers(Set<String> asked, Map<String, String> countries, Map<String, String> segments) {
        all.window(null, null).read(Entity.CUSTOMERS, batch -> {
            String[] ids = batch.texts("id");
            String[] country = batch.texts("country");
            String[] segment = batch.attributes().contains(SEGMENT) ? batch.texts(SEGMENT) : null;
            for (int i = 0; i < batch.size(); i++) {
                if (asked.contains(ids[i])) {
                    countries.put(ids[i], country[i]);
                    segments.put(ids[i], segment == null ? null : segment[i]);
                }
            }
        });
    }
}
