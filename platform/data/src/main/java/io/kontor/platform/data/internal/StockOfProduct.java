package io.kontor.platform.data.internal;

import java.util.Arrays;
import java.util.Objects;

/** What is left of a product at its locations by the latest record of each. Immutable: most products have one location or two. */
final class StockOfProduct {

    /** Without any record. */
    static final StockOfProduct NONE = new StockOfProduct(new String[0], new long[0], new double[0]);

    private final String[] locations;
    private final long[] times;
    private final double[] left;

    private StockOfProduct(String[] locations, long[] times, double[] left) {
        this.locations = locations;
        this.times = times;
        this.left = left;
    }

    /**
     * With one more record; of two with the same time the later to come counts.
     *
     * @param location null for records without
     * @param time in milliseconds since 1970
     * @param units what is left there
     */
    StockOfProduct with(String location, long time, double units) {
        int at = 0;
        while (at < locations.length && !Objects.equals(locations[at], location)) {
            at++;
        }
        if (at < locations.length && times[at] > time) {
            return this;
        }
        int size = Math.max(locations.length, at + 1);
        StockOfProduct more = new StockOfProduct(Arrays.copyOf(locations, size), Arrays.copyOf(times, size), Arrays.copyOf(left, size));
        more.locations[at] = location;
        more.times[at] = time;
        more.left[at] = units;
        return more;
    }

    /** What is left in all; a location that owes units does not take from the others. */
    double available() {
        double sum = 0;
        for (double units : left) {
            sum += Math.max(0, units);
        }
        return sum;
    }
}
