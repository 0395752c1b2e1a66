package io.kontor.api.feature;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The one way from a row to its numbers, before scaling; training and serving differ in what is known of categories alone. Immutable. */
final class Vectorizer {

    private static final double HOUR = 3_600_000;
    private static final double MINUTES = 60;

    private final ZoneId zone;
    private final int[] offsets;
    private final Aggregates aggregates;
    private final Step[] steps;
    private final boolean clocks;

    /** What is known of a category's text. */
    @FunctionalInterface
    interface Categories {

        /**
         * Asks.
         *
         * @param feature index of a feature by TARGET or ONE_HOT
         * @param hash of the text, not 0
         * @return its number, or its place
         */
        double of(int feature, long hash);
    }

    /** Fills in the numbers of one feature. */
    @FunctionalInterface
    private interface Step {

        void fill(Row row, LocalDateTime local, Categories known, double[] values);
    }

    Vectorizer(FeatureSet set, ZoneId zone) {
        this.zone = zone;
        offsets = set.offsets();
        aggregates = new Aggregates(set, offsets);
        List<Column> columns = set.columns();
        List<Step> all = new ArrayList<>();
        boolean any = false;
        for (int f = 0; f < set.features().size(); f++) {
            Feature feature = set.features().get(f);
            if (!(feature instanceof Feature.Aggregate)) {
                all.add(step(feature, f, feature.columns().stream().mapToInt(columns::indexOf).toArray(), offsets[f]));
            }
            any |= feature instanceof Feature.Clock;
        }
        steps = all.toArray(Step[]::new);
        clocks = any;
    }

    private static Step step(Feature feature, int f, int[] columns, int at) {
        if (feature instanceof Feature.Numeric) {
            return (row, local, known, values) -> values[at] = row.number(columns[0]);
        } else if (feature instanceof Feature.Category category) {
            return category(category, f, columns[0], at);
        } else if (feature instanceof Feature.Differs) {
            return (row, local, known, values) -> values[at] = differ(row.text(columns[0]), row.text(columns[1]));
        } else if (feature instanceof Feature.Text text) {
            return (row, local, known, values) -> text(row.text(columns[0]), text, at, values);
        } else if (feature instanceof Feature.Clock clock) {
            return (row, local, known, values) -> clock(clock, local, at, values);
        }
        return (row, local, known, values) -> values[at] = age(row, columns[0]);
    }

    private static Step category(Feature.Category category, int f, int column, int at) {
        return switch (category.encoding()) {
            case TARGET -> (row, local, known, values) -> {
                long hash = row.hash(column);
                values[at] = hash == 0 ? Double.NaN : known.of(f, hash);
            };
            case ONE_HOT -> (row, local, known, values) -> {
                long hash = row.hash(column);
                if (hash != 0) {
                    values[at + (int) known.of(f, hash)] = 1;
                }
            };
            case HASHED -> (row, local, known, values) -> {
                long hash = row.hash(column);
                if (hash != 0) {
                    values[at + Hashes.bucket(hash, category.size())] = 1;
                }
            };
        };
    }

    private static double differ(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? Double.NaN : one.equals(other) ? 0 : 1;
    }

    private static void text(String text, Feature.Text feature, int at, double[] values) {
        Grams.count(text, feature.grams(), values, at, feature.buckets());
        for (int b = at; b < at + feature.buckets(); b++) {
            values[b] = values[b] > 0 ? 1 + Math.log(values[b]) : 0;
        }
    }

    private static void clock(Feature.Clock clock, LocalDateTime local, int at, double[] values) {
        double value = switch (clock.part()) {
            case HOUR -> local.getHour() + local.getMinute() / MINUTES;
            case WEEKDAY -> local.getDayOfWeek().getValue();
            case MONTH -> local.getMonthValue();
            case DAY_OF_YEAR -> local.getDayOfYear();
        };
        if (clock.cyclic()) {
            double angle = 2 * Math.PI * value / clock.part().period();
            values[at] = Math.sin(angle);
            values[at + 1] = Math.cos(angle);
        } else {
            values[at] = value;
        }
    }

    private static double age(Row row, int column) {
        long moment = row.moment(column);
        return moment == Moments.NONE ? Double.NaN : (row.time() - moment) / HOUR;
    }

    ZoneId zone() {
        return zone;
    }

    // Where the numbers of a feature begin.
    int offset(int feature) {
        return offsets[feature];
    }

    /**
     * Fills in the numbers of a row.
     *
     * @param row the row
     * @param earlier what came before it
     * @param known what is known of categories
     * @param values all 0
     */
    void fill(Row row, Earlier earlier, Categories known, double[] values) {
        LocalDateTime local = clocks ? LocalDateTime.ofInstant(Instant.ofEpochMilli(row.time()), zone) : null;
        for (Step step : steps) {
            step.fill(row, local, known, values);
        }
        if (aggregates.size() > 0) {
            Tally tally = new Tally(aggregates, row);
            earlier.each(row, tally);
            for (int a = 0; a < aggregates.size(); a++) {
                values[aggregates.value(a)] = tally.figure(a);
            }
        }
    }
}
