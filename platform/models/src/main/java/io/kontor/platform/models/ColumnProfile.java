package io.kontor.platform.models;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How the values of a column are spread: counts over bins that the values a model learned from decide. Holds no value of a single person:
 * numbers are in bins of many, texts that could tell persons apart are hashed or only whether they are there. Immutable but for its arrays,
 * which are not to be changed.
 *
 * @param column its name
 * @param kind numbers or categories
 * @param edges of numbers: the greatest value of each bin but the last, rising, at most 49; else empty
 * @param values of categories: the most frequent ones, most frequent first, at most 20; else empty
 * @param counts cases of each bin, as many as {@link #bins()}: of numbers in the order of the edges, of categories in that of the values and
 *     then all others; the last are those without a value
 * @param ordinary by how much the population stability index of a week of the reference exceeded what chance makes of it, the greatest; 0
 *     when there are too few weeks to say
 */
public record ColumnProfile(String column, Kind kind, double[] edges, List<String> values, double[] counts, double ordinary) {

    private static final int GROUPS = 10;
    private static final int FINE = 50;

    /** What a column holds. */
    public enum Kind {
        /** Numbers. */
        NUMBER,
        /** One of some values. */
        CATEGORY
    }

    /** Checks the number of bins. */
    public ColumnProfile {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(kind, "kind");
        values = List.copyOf(values);
        if (counts.length != bins(edges, values)) {
            throw new IllegalArgumentException("column " + column + " has " + bins(edges, values) + " bins, not " + counts.length);
        }
    }

    /**
     * A profile of numbers, in bins of about equally many; fewer where values repeat.
     *
     * @param column its name
     * @param values the numbers in any order; NaN for missing ones
     * @return the profile
     */
    public static ColumnProfile ofNumbers(String column, double[] values) {
        double[] sorted = Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
        double[] edges = new double[FINE];
        int count = 0;
        for (int i = 1; i < FINE && sorted.length > 0; i++) {
            double edge = sorted[(int) ((long) i * (sorted.length - 1) / FINE)];
            // The greatest value has no edge of its own, so that no bin is empty.
            if (edge < sorted[sorted.length - 1] && (count == 0 || edge > edges[count - 1])) {
                edges[count++] = edge;
            }
        }
        ColumnProfile empty = new ColumnProfile(column, Kind.NUMBER, Arrays.copyOf(edges, count), List.of(), new double[count + 2], 0);
        return empty.counted(empty.count(values));
    }

    /**
     * Counts numbers in these bins.
     *
     * @param numbers NaN for missing ones
     * @return one count a bin
     */
    public double[] count(double[] numbers) {
        double[] counted = new double[counts.length];
        for (double value : numbers) {
            counted[bin(value)]++;
        }
        return counted;
    }

    private static int bins(double[] edges, List<String> values) {
        return edges.length + values.size() + 2;
    }

    /**
     * How many bins there are, that of cases without a value included.
     *
     * @return at least 2
     */
    public int bins() {
        return counts.length;
    }

    /**
     * The bin of a number.
     *
     * @param value the number; NaN when there is none
     * @return its index
     */
    public int bin(double value) {
        if (Double.isNaN(value)) {
            return counts.length - 1;
        }
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }

    /**
     * The bin of a category.
     *
     * @param value the category; null when there is none
     * @return its index
     */
    public int bin(String value) {
        int found = value == null ? -1 : values.indexOf(value);
        return value == null ? counts.length - 1 : found >= 0 ? found : values.size();
    }

    /**
     * All cases.
     *
     * @return their number, those without a value included
     */
    public double cases() {
        return Arrays.stream(counts).sum();
    }

    /**
     * The share of cases without a value.
     *
     * @return 0 to 1; NaN without cases
     */
    public double missing() {
        return counts[counts.length - 1] / cases();
    }

    /**
     * The same bins with other cases in them.
     *
     * @param other one count a bin
     * @return a copy
     */
    public ColumnProfile counted(double[] other) {
        return new ColumnProfile(column, kind, edges, values, other, ordinary);
    }

    /**
     * Counts of these bins, neighbours taken together so that each has about a tenth of this profile's cases. The last group are the cases
     * without a value.
     *
     * @param counted one count a bin
     * @return one count a group, at most 12
     */
    public double[] grouped(double[] counted) {
        if (kind == Kind.CATEGORY) {
            return counted;
        }
        int present = counts.length - 1;
        double share = (cases() - counts[present]) / GROUPS;
        double[] groups = new double[present + 1];
        int at = 0;
        double own = 0;
        double left = cases() - counts[present];
        for (int i = 0; i < present; i++) {
            groups[at] += counted[i];
            own += counts[i];
            left -= counts[i];
            // The rest goes together when it would be less than half a group.
            if (own >= share * (1 - 1e-9) && left >= share / 2) {
                at++;
                own = 0;
            }
        }
        groups = Arrays.copyOf(groups, at + 2);
        groups[at + 1] = counted[present];
        return groups;
    }
}
