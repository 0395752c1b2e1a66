package io.kontor.api.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that a model looks at, in order. Immutable.
 *
 * @param features at least one, none twice
 */
public record FeatureSet(List<Feature> features) {

    private static final int DIGITS = 32;

    /** Copies and checks. */
    public FeatureSet {
        features = List.copyOf(features);
        if (features.isEmpty() || Set.copyOf(features).size() < features.size()) {
            throw new IllegalArgumentException("a set needs features and each once: " + features);
        }
        if (keys(features).size() > Long.SIZE) {
            throw new IllegalArgumentException("aggregates go by at most " + Long.SIZE + " keys");
        }
    }

    /**
     * How many numbers a row becomes.
     *
     * @return the sum of the features' widths
     */
    public int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /**
     * Where the numbers of each feature begin.
     *
     * @return an index a feature, ascending from 0
     */
    public int[] offsets() {
        int[] offsets = new int[features.size()];
        for (int f = 1; f < offsets.length; f++) {
            offsets[f] = offsets[f - 1] + features.get(f - 1).width();
        }
        return offsets;
    }

    /**
     * Which columns the features read.
     *
     * @return each once, in the order of the features; features ask rows for them by their index here
     */
    public List<Column> columns() {
        Set<Column> columns = new LinkedHashSet<>();
        features.forEach(feature -> columns.addAll(feature.columns()));
        return List.copyOf(columns);
    }

    /**
     * By which columns aggregates find earlier rows.
     *
     * @return each once, in the order of the features
     */
    public List<Column> keys() {
        return keys(features);
    }

    private static List<Column> keys(List<Feature> features) {
        return features.stream().filter(Feature.Aggregate.class::isInstance).map(feature -> ((Feature.Aggregate) feature).key()).distinct()
                .map(key -> new Column(key, Column.Type.TEXT)).toList();
    }

    /**
     * The definitions, to be read by people.
     *
     * @return a line a feature, for example {@code kind=numeric, column=amount}
     */
    public List<String> definitions() {
        return features.stream().map(feature -> "kind=" + feature.definition().get("kind") + feature.definition().entrySet().stream()
                .filter(part -> !part.getKey().equals("kind") && !part.getValue().isEmpty())
                .map(part -> ", " + part.getKey() + "=" + part.getValue()).collect(Collectors.joining())).toList();
    }

    /**
     * Tells sets apart: equal for equal definitions in the same order, whatever the machine and version.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            features.forEach(feature -> digest.update((feature.definition() + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without SHA-256", e);
        }
    }
}
