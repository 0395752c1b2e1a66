package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Shelf.Item;
import java.util.Map;
import java.util.Optional;

/** How alike two products are by what the catalogue says of them. */
final class Likeness {

    private static final double CATEGORY = 0.5;
    private static final double BRAND = 0.3;
    private static final double ATTRIBUTES = 0.2;

    private Likeness() {
    }

    /**
     * Likeness of two products: the weighted mean over what is known of both, of the common part of their category paths, of having the same
     * brand, and of the share of equal attributes.
     *
     * @return 0 for nothing in common or nothing known, to 1
     */
    static double of(Optional<Item> first, Optional<Item> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return 0;
        }
        Item a = first.get();
        Item b = second.get();
        double sum = 0;
        double weights = 0;
        if (!a.category().isEmpty() && !b.category().isEmpty()) {
            weights += CATEGORY;
            sum += CATEGORY * paths(a.category(), b.category());
        }
        if (!a.brand().isEmpty() && !b.brand().isEmpty()) {
            weights += BRAND;
            sum += a.brand().equals(b.brand()) ? BRAND : 0;
        }
        if (!a.attributes().isEmpty() && !b.attributes().isEmpty()) {
            weights += ATTRIBUTES;
            sum += ATTRIBUTES * equal(a.attributes(), b.attributes());
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /** Which share of the longer path two have in common, in steps of the path. */
    private static double paths(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        int same = 0;
        int at = 0;
        int shorter = Math.min(a.length(), b.length());
        while (at < shorter && a.charAt(at) == b.charAt(at)) {
            same += a.charAt(at) == '/' ? 1 : 0;
            at++;
        }
        boolean whole = at == shorter && (a.length() > shorter ? a : b).charAt(shorter) == '/';
        return (double) (same + (whole ? 1 : 0)) / Math.max(steps(a), steps(b));
    }

    private static int steps(String path) {
        int steps = 1;
        for (int i = 0; i < path.length(); i++) {
            steps += path.charAt(i) == '/' ? 1 : 0;
        }
        return steps;
    }

    private static double equal(Map<String, String> a, Map<String, String> b) {
        int equal = 0;
        for (Map.Entry<String, String> each : a.entrySet()) {
            equal += each.getValue().equals(b.get(each.getKey())) ? 1 : 0;
        }
        return (double) equal / (a.size() + b.size() - equal);
    }
}
