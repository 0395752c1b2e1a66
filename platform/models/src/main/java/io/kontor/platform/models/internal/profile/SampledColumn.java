package io.kontor.platform.models.internal.profile;

import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ColumnProfile.Kind;
import io.kontor.platform.models.ColumnShift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sampled values of a column, week by week, until they become a profile. Categories are numbered as they come; after
 * {@value #MOST_VALUES} different ones all further ones are one. For one thread.
 */
final class SampledColumn {

    private static final int MOST_VALUES = 5_000;
    private static final int TOP = 20;
    private static final double RARE = 0.01;
    private static final int LONGEST = 60;
    private static final int FEWEST_OF_WEEK = 50;
    private static final int FEWEST_WEEKS = 4;
    private static final int OTHER = -1;

    private final String name;
    private final Kind kind;
    private final int capacity;
    private final Map<Long, double[]> weeks = new HashMap<>();
    private final Map<String, Integer> codes = new HashMap<>();

    SampledColumn(String name, Kind kind, int capacity) {
        this.name = name;
        this.kind = kind;
        this.capacity = capacity;
    }

    void set(long week, int slot, Sight.Values values, int row) {
        double[] sample = weeks.get(week);
        if (sample == null) {
            sample = new double[capacity];
            Arrays.fill(sample, Double.NaN);
            weeks.put(week, sample);
        }
        sample[slot] = kind == Kind.NUMBER ? number(values, row) : code(values, row);
    }

    private static double number(Sight.Values values, int row) {
        return values.numbers() == null ? Double.NaN : values.numbers()[row];
    }

    private double code(Sight.Values values, int row) {
        String text = values.texts() == null ? null : values.texts()[row];
        if (text == null) {
            return Double.NaN;
        }
        Integer code = codes.get(text);
        if (code == null && codes.size() < MOST_VALUES) {
            code = codes.size();
            codes.put(text, code);
        }
        return code == null ? OTHER : code;
    }

    /** The weeks that have been seen in full go; their values do, too. */
    void forget(long week) {
        weeks.remove(week);
    }

    /**
     * The profile of all values.
     *
     * @param sizes how many rows each week's sample has
     * @return the profile
     */
    ColumnProfile profile(Map<Long, Integer> sizes) {
        int all = sizes.values().stream().mapToInt(Integer::intValue).sum();
        double[] values = new double[all];
        Arrays.fill(values, Double.NaN);
        int at = 0;
        for (Map.Entry<Long, Integer> size : sizes.entrySet()) {
            double[] sample = weeks.get(size.getKey());
            if (sample != null) {
                System.arraycopy(sample, 0, values, at, size.getValue());
            }
            at += size.getValue();
        }
        if (kind == Kind.NUMBER) {
            ColumnProfile whole = ColumnProfile.ofNumbers(name, values);
            return new ColumnProfile(name, kind, whole.edges(), List.of(), whole.counts(), ordinary(whole, null, sizes));
        }
        List<String> top = top(values);
        ColumnProfile empty = new ColumnProfile(name, kind, new double[0], top, new double[top.size() + 2], 0);
        int[] bins = binsOfCodes(empty);
        ColumnProfile whole = empty.counted(count(empty, bins, values, all));
        return new ColumnProfile(name, kind, empty.edges(), top, whole.counts(), ordinary(whole, bins, sizes));
    }

    private List<String> top(double[] values) {
        double[] counts = new double[codes.size() + 1];
        int present = 0;
        for (double value : values) {
            if (value >= 0) {
                counts[(int) value]++;
            }
            present += Double.isNaN(value) ? 0 : 1;
        }
        double least = RARE * present;
        List<String> top = new ArrayList<>(codes.keySet());
        top.removeIf(value -> value.length() > LONGEST || counts[codes.get(value)] < least);
        top.sort(Comparator.comparingDouble((String value) -> -counts[codes.get(value)]).thenComparing(value -> value));
        return top.subList(0, Math.min(TOP, top.size()));
    }

    private int[] binsOfCodes(ColumnProfile profile) {
        int[] bins = new int[codes.size()];
        codes.forEach((value, code) -> bins[code] = profile.bin(value));
        return bins;
    }

    private double[] count(ColumnProfile profile, int[] bins, double[] values, int size) {
        double[] counts = new double[profile.bins()];
        for (int i = 0; i < size; i++) {
            int bin = Double.isNaN(values[i]) ? counts.length - 1 : kind == Kind.NUMBER ? profile.bin(values[i])
                    : values[i] < 0 ? profile.values().size() : bins[(int) values[i]];
            counts[bin]++;
        }
        return counts;
    }

    private double ordinary(ColumnProfile whole, int[] bins, Map<Long, Integer> sizes) {
        double greatest = 0;
        int compared = 0;
        double[] none = new double[capacity];
        Arrays.fill(none, Double.NaN);
        for (Map.Entry<Long, Integer> size : sizes.entrySet()) {
            if (size.getValue() >= FEWEST_OF_WEEK) {
                double[] week = count(whole, bins, weeks.getOrDefault(size.getKey(), none), size.getValue());
                greatest = Math.max(greatest, ColumnShift.of(whole, week).excess());
                compared++;
            }
        }
        return compared < FEWEST_WEEKS ? 0 : greatest;
    }
}
