package io.kontor.api.feature;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random labelled rows, and the two ways through them. */
final class TestRows {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final Duration DAY = Duration.ofDays(1);
    static final FeatureSet UNSCALED = new FeatureSet(List.of(new Feature.Numeric("amount", Scaling.LOG1P),
            new Feature.Category("country", Feature.Encoding.HASHED, 8), new Feature.Category("method", Feature.Encoding.TARGET, 1),
            new Feature.Category("shop", Feature.Encoding.TARGET, 1), new Feature.Differs("country", "method"),
            new Feature.Clock(Feature.Part.HOUR, false), new Feature.Clock(Feature.Part.DAY_OF_YEAR, true),
            new Feature.Age("attr.signup", Scaling.NONE), aggregate(Feature.Stat.COUNT, "customer", ""),
            aggregate(Feature.Stat.SUM, "customer", "amount"), aggregate(Feature.Stat.MEAN, "customer", "amount"),
            aggregate(Feature.Stat.MIN, "customer", "amount"), aggregate(Feature.Stat.MAX, "shop", "amount"),
            aggregate(Feature.Stat.RATIO, "customer", "amount"), aggregate(Feature.Stat.DISTINCT, "shop", "customer"),
            aggregate(Feature.Stat.HOURS_SINCE_LAST, "customer", ""), aggregate(Feature.Stat.HOURS_SINCE_FIRST, "shop", "")));

    private static final long BEGIN = Instant.parse("2024-03-30T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;

    private TestRows() {
    }

    private static Feature aggregate(Feature.Stat stat, String key, String column) {
        return new Feature.Aggregate(stat, key, column, DAY, Scaling.NONE);
    }

    /** Rows in the order of time, several of them at one moment, with labels that become known later. */
    static List<TestRow> random(FeatureSet set, int size, long seed) {
        Random random = new Random(seed);
        List<TestRow> rows = new ArrayList<>();
        long time = BEGIN;
        for (int i = 0; i < size; i++) {
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(1_200_000);
            rows.add(row(set, time, random));
        }
        return rows;
    }

    static TestRow row(FeatureSet set, long time, Random random) {
        Map<String, Object> values = new HashMap<>(Map.of("amount", Math.exp(random.nextGaussian()), "country", "c" + random.nextInt(6),
                "method", "m" + random.nextInt(4), "shop", "s" + random.nextInt(9), "customer", "k" + random.nextInt(12)));
        values.put("attr.signup", Instant.ofEpochMilli(time - random.nextInt(1 << 30)).toString());
        values.put("note", "word" + random.nextInt(5) + " word" + random.nextInt(5));
        values.keySet().removeIf(name -> random.nextInt(12) == 0);
        return new TestRow(set.columns(), time, values, random.nextInt(3) == 0, time + random.nextInt(40) * HOUR);
    }

    /** The numbers of all rows in training, not scaled, and what was fitted. */
    record Trained(double[][] rows, boolean[] positive, Fitting fitting) {
    }

    static Trained train(FeatureSet set, List<TestRow> rows) {
        Fitting fitting = new Fitting(set, ZONE);
        RollingRows earlier = new RollingRows(set, 1 << 16);
        double[][] values = new double[rows.size()][];
        boolean[] positive = new boolean[rows.size()];
        if (fitting.looks()) {
            rows.forEach(fitting::look);
        }
        for (int i = 0; i < values.length; i++) {
            TestRow row = rows.get(i);
            values[i] = fitting.encode(row, earlier);
            positive[i] = row.positive();
            fitting.label(row, row.positive(), row.known());
            earlier.add(row);
        }
        return new Trained(values, positive, fitting);
    }

    /** What is served for a row by all that was known strictly before it: earlier rows, and of their labels those known by then. */
    static double[] serve(FeatureSet set, List<TestRow> rows, TestRow asked) {
        Fitting fitting = new Fitting(set, ZONE);
        RollingRows earlier = new RollingRows(set, 1 << 16);
        for (TestRow row : rows) {
            if (row.time() < asked.time()) {
                if (row.known() < asked.time()) {
                    fitting.label(row, row.positive(), row.known());
                }
                earlier.add(row);
            }
        }
        return fitting.fitted().unscaled(asked, earlier);
    }
}
