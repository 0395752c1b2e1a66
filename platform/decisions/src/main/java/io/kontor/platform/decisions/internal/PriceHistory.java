package io.kontor.platform.decisions.internal;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What products cost when: the shop's own prices, list and sale, by their records; where a product has none, the prices at which it was
 * sold. A record without an end holds until the next one of its kind. Immutable.
 */
final class PriceHistory {

    private static final Duration PRIOR = Duration.ofDays(30);

    private final Map<String, List<Span>> spans;
    private final DemandTable demand;

    /** A price and when it held; until is exclusive. */
    private record Span(String kind, double price, long from, long until) {

        boolean meets(long begin, long end) {
            return from < end && until > begin;
        }
    }

    private PriceHistory(Map<String, List<Span>> spans, DemandTable demand) {
        this.spans = spans;
        this.demand = demand;
    }

    /** Reads the prices of a store. */
    static PriceHistory of(Snapshot snapshot, DemandTable demand) {
        Map<String, List<Span>> spans = new HashMap<>();
        snapshot.read(Entity.PRICES, batch -> {
            String[] products = batch.texts("productId");
            String[] kinds = batch.texts("kind");
            double[] prices = batch.numbers("price");
            long[] from = batch.times("from");
            long[] to = batch.times("to");
            for (int i = 0; i < batch.size(); i++) {
                if (!"competitor".equals(kinds[i]) && prices[i] > 0) {
                    add(spans.computeIfAbsent(products[i], id -> new ArrayList<>()), new Span(kinds[i] == null ? "list" : kinds[i],
                            prices[i], from[i], to[i] == Long.MIN_VALUE ? Long.MAX_VALUE : to[i]));
                }
            }
        });
        return new PriceHistory(spans, demand);
    }

    /** The same records beside a newer demand. */
    PriceHistory beside(DemandTable newer) {
        return new PriceHistory(spans, newer);
    }

    /** Records come in order of time: a later one of the same kind ends an earlier one that is still open. */
    private static void add(List<Span> spans, Span span) {
        for (int i = spans.size() - 1; i >= 0; i--) {
            Span before = spans.get(i);
            if (before.kind.equals(span.kind)) {
                spans.set(i, new Span(before.kind, before.price, before.from, Math.min(before.until, span.from)));
                break;
            }
        }
        spans.add(span);
    }

    /** Today's price: the latest that holds, a sale before the list; else the catalogue's; else that of the last sale. */
    Optional<Double> current(String product, Optional<Product> catalogue, Instant now) {
        Span best = null;
        for (Span span : spans.getOrDefault(product, List.of())) {
            if (span.meets(now.toEpochMilli(), now.toEpochMilli() + 1) && (best == null || !best.kind.equals("sale")
                    || span.kind.equals("sale"))) {
                best = span;
            }
        }
        if (best != null) {
            return Optional.of(best.price);
        }
        return catalogue.map(Product::price).filter(price -> price > 0).or(() -> lastSold(product));
    }

    private Optional<Double> lastSold(String product) {
        return demand.series(product, "", Step.DAY).flatMap(series -> {
            for (int t = series.price().length - 1; t >= 0; t--) {
                if (series.price()[t] > 0) {
                    return Optional.of(series.price()[t]);
                }
            }
            return Optional.empty();
        });
    }

    /** The lowest price of the 30 days before. */
    Optional<Double> prior(String product, Instant at) {
        long end = at.toEpochMilli();
        long begin = at.minus(PRIOR).toEpochMilli();
        Optional<Double> recorded = spans.getOrDefault(product, List.of()).stream().filter(span -> span.meets(begin, end))
                .map(Span::price).min(Double::compare);
        return recorded.isPresent() ? recorded : demand.series(product, "", Step.DAY).flatMap(series -> lowest(series, begin, end));
    }

    private Optional<Double> lowest(DemandSeries series, long begin, long end) {
        double lowest = Double.POSITIVE_INFINITY;
        for (int t = 0; t < series.price().length; t++) {
            LocalDate day = series.start().plusDays(t);
            if (series.price()[t] > 0 && demand.begin(day).toEpochMilli() >= begin && demand.begin(day).toEpochMilli() < end) {
                lowest = Math.min(lowest, series.price()[t]);
            }
        }
        return lowest < Double.POSITIVE_INFINITY ? Optional.of(lowest) : Optional.empty();
    }
}
