package io.kontor.pricing.elasticity;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The products of a category, which may take each other's place, and how their prices moved: the mean logarithm of the prices of a product's
 * rivals over their prices of late. Categories of many products have no such index: no one of them weighs anything in it. For one thread
 * while it is filled.
 */
final class Rivals {

    /** So many products at most can be told apart by their buyers. */
    static final int MOST = 50;

    private final Map<String, String> categories;
    private final Map<String, Integer> sizes = new HashMap<>();
    private final Map<String, Map<LocalDate, Double>> sums = new HashMap<>();
    private final Map<String, Map<LocalDate, Double>> own = new HashMap<>();
    private final TreeMap<String, Double> references = new TreeMap<>();

    private Rivals(Map<String, String> categories) {
        this.categories = categories;
    }

    static Rivals of(DemandTable table, Step step, Map<String, String> categories) {
        Rivals rivals = new Rivals(categories);
        for (String product : table.products()) {
            double reference = table.series(product, "", step).map(Rivals::reference).orElse(Double.NaN);
            if (reference > 0) {
                rivals.references.put(product, reference);
                rivals.sizes.merge(rivals.category(product), 1, Integer::sum);
            }
        }
        rivals.references.forEach((product, reference) -> {
            if (rivals.few(product)) {
                rivals.add(product, table.series(product, "", step).orElseThrow(), reference);
            }
        });
        return rivals;
    }

    /** The price of late; NaN when none is known. */
    private static double reference(DemandSeries series) {
        double reference = Double.NaN;
        for (double price : series.price()) {
            reference = price > 0 ? price : reference;
        }
        return reference;
    }

    private void add(String product, DemandSeries series, double reference) {
        Map<LocalDate, Double> moved = own.computeIfAbsent(product, id -> new HashMap<>());
        Map<LocalDate, Double> sum = sums.computeIfAbsent(category(product), id -> new HashMap<>());
        for (int t = 0; t < series.price().length; t++) {
            if (series.price()[t] > 0) {
                LocalDate day = series.step().plus(series.start(), t);
                double log = Math.log(series.price()[t] / reference);
                moved.put(day, log);
                sum.merge(day, log, Double::sum);
            }
        }
    }

    String category(String product) {
        return categories.getOrDefault(product, "");
    }

    /** Whether a product has rivals by whose prices its demand may be explained. */
    boolean few(String product) {
        int size = sizes.getOrDefault(category(product), 0);
        return !category(product).isEmpty() && size > 1 && size <= MOST;
    }

    /** The price of late; NaN when none is known. */
    double reference(String product) {
        return references.getOrDefault(product, Double.NaN);
    }

    /** How far the prices of a product's rivals were from those of late; 0 where nothing is known. */
    double index(String product, LocalDate day) {
        Map<LocalDate, Double> sum = sums.get(category(product));
        if (sum == null || !few(product)) {
            return 0;
        }
        return (sum.getOrDefault(day, 0.0) - own.getOrDefault(product, Map.of()).getOrDefault(day, 0.0)) / (sizes.get(category(product)) - 1);
    }
}
