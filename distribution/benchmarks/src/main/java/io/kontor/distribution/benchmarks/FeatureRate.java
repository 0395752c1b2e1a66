package io.kontor.distribution.benchmarks;

import io.kontor.api.feature.Column;
import io.kontor.api.feature.Earlier;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.feature.Fitting;
import io.kontor.api.feature.RollingRows;
import io.kontor.api.feature.Row;
import io.kontor.api.feature.Scaling;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.TransformerMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/**
 * How fast features are fitted to a stream of events and served, and in how much memory, in processor time and in this process. Beside
 * fitting, the same stream merely read; beside serving, Tribuo's transformations on rows of as many numbers. Arguments: optionally the
 * number of events (1000000) and of rows kept for windows (500000).
 */
final class FeatureRate implements Main.Benchmark {

    private static final int NUMBERS = 28;
    private static final int ROWS = 20_000;
    private static final int ROUNDS = 5;
    private static final int WARM = 1_000_000;
    private static final int CUSTOMERS = 200_000;
    private static final int PRODUCTS = 20_000;
    private static final int LABELLED_EVERY = 10;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final long BEGIN = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final String[] TYPES = {"view", "view", "view", "click", "cart", "purchase"};

    private final FeatureSet set = new FeatureSet(List.of(new Feature.Numeric("value", Scaling.LOG_STANDARD),
            new Feature.Category("type", Feature.Encoding.HASHED, 8), new Feature.Category("productId", Feature.Encoding.TARGET, 1),
            new Feature.Clock(Feature.Part.HOUR, true), new Feature.Clock(Feature.Part.WEEKDAY, true),
            aggregate(Feature.Stat.COUNT, "customerId", "", HOUR), aggregate(Feature.Stat.COUNT, "customerId", "", WEEK),
            aggregate(Feature.Stat.SUM, "customerId", "value", WEEK), aggregate(Feature.Stat.DISTINCT, "customerId", "productId", WEEK),
            aggregate(Feature.Stat.HOURS_SINCE_LAST, "customerId", "", WEEK), aggregate(Feature.Stat.COUNT, "productId", "", HOUR),
            aggregate(Feature.Stat.MEAN, "productId", "value", HOUR)));

    private final List<Column> columns = set.columns();

    private static Feature aggregate(Feature.Stat stat, String key, String column, Duration window) {
        return new Feature.Aggregate(stat, key, column, window, Scaling.STANDARD);
    }

    /** Events made one after the other, each in the place of the last. */
    private static final class Stream implements Row {

        private final List<Column> columns;
        private final SplittableRandom random = new SplittableRandom(1);
        private long time = BEGIN;
        private double value;
        private String type;
        private String customer;
        private String product;

        Stream(List<Column> columns) {
            this.columns = columns;
        }

        void next() {
            time += random.nextInt(2_000);
            value = random.nextInt(10_000) / 100.0;
            type = TYPES[random.nextInt(TYPES.length)];
            customer = "c" + random.nextInt(CUSTOMERS);
            product = "p" + (int) (PRODUCTS * random.nextDouble() * random.nextDouble());
        }

        @Override
        public long time() {
            return time;
        }

        @Override
        public double number(int column) {
            return value;
        }

        @Override
        public String text(int column) {
            return switch (columns.get(column).name()) {
                case "type" -> type;
                case "customerId" -> customer;
                default -> product;
            };
        }
    }

    @Override
    public void run(List<String> arguments) {
        Logger.getLogger("org.tribuo").setLevel(Level.WARNING);
        int events = arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.get(0));
        int kept = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 500_000;
        each(WARM, this::read);
        double read = seconds(() -> each(events, this::read));
        Fitting fitting = new Fitting(set, ZoneId.of("Europe/Berlin"));
        RollingRows earlier = new RollingRows(set, kept);
        int[] count = {0};
        double fitted = seconds(() -> each(events, row -> {
            fitting.encode(row, earlier);
            if (count[0]++ % LABELLED_EVERY == 0) {
                fitting.label(row, row.number(0) > 50, row.time() + HOUR.toMillis());
            }
            earlier.add(row);
        }));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        Figures.print("%d events, %d features, %d rows kept for windows: fitted in %.1f s, %.0f rows a second of processor time, the stream"
                + " merely read %.0f, ratio %.1f; heap in use %.0f MiB", events, set.features().size(), earlier.size(), fitted, events / fitted,
                events / read, fitted / read, (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
        FittedFeatures features = fitting.fitted();
        for (int round = 0; round < ROUNDS; round++) {
            double served = seconds(() -> each(ROWS, row -> features.values(row, earlier)));
            Figures.print("served with windows: %.2f us of processor time a row", served * 1e6 / ROWS);
        }
        beside();
    }

    private void read(Row row) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).type() == Column.Type.NUMBER) {
                row.number(c);
            } else {
                row.hash(c);
            }
        }
    }

    private void each(int events, Consumer<Row> consumer) {
        Stream stream = new Stream(columns);
        for (int i = 0; i < events; i++) {
            stream.next();
            consumer.accept(stream);
        }
    }

    /** Standard scaling of numbers, ours and Tribuo's. */
    private static void beside() {
        FeatureSet numbers = new FeatureSet(IntStream.range(0, NUMBERS)
                .mapToObj(i -> (Feature) new Feature.Numeric("attr.v" + i, Scaling.STANDARD)).toList());
        Fitting fitting = new Fitting(numbers, ZoneId.of("UTC"));
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("rows", labels), labels);
        String[] names = numbers.columns().stream().map(Column::name).toArray(String[]::new);
        SplittableRandom random = new SplittableRandom(2);
        List<double[]> rows = new ArrayList<>();
        List<Example<Label>> examples = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] row = random.doubles(NUMBERS).toArray();
            rows.add(row);
            fitting.encode(new Numbers(row), Earlier.NONE);
            examples.add(new ArrayExample<>(new Label("none"), names, row));
            data.add(examples.get(i));
        }
        FittedFeatures ours = fitting.fitted();
        TransformerMap theirs = data.createTransformers(new TransformationMap(List.of(new MeanStdDevTransformation())));
        for (int round = 0; round < ROUNDS; round++) {
            double flat = seconds(() -> rows.forEach(row -> ours.values(new Numbers(row), Earlier.NONE)));
            double named = seconds(() -> examples.forEach(theirs::transformExample));
            Figures.print("%d numbers scaled: %.2f us a row, by Tribuo's transformations %.2f us, %.0f times", NUMBERS, flat * 1e6 / ROWS,
                    named * 1e6 / ROWS, named / flat);
        }
    }

    /** A row of numbers alone. */
    private record Numbers(double[] row) implements Row {

        @Override
        public long time() {
            return BEGIN;
        }

        @Override
        public double number(int column) {
            return row[column];
        }

        @Override
        public String text(int column) {
            return "";
        }
    }

    private static double seconds(Runnable work) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
    }
}
