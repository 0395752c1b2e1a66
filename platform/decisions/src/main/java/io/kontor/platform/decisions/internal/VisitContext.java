package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.RecommendationDesk.Device;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a strategy is chosen by: a few numbers of about -1 to 1 that tell visits apart. In this order: 1; 1 for a known customer; how much the
 * customer has done (ln(1 + interactions) / 5); how long the visit is (ln(1 + products) / 3); 1 on a product's page; the hour of the store's
 * day as sine and cosine; 1 at the weekend; 1 for each kind of device if it is said to be that.
 */
final class VisitContext {

    /** How many numbers a context has. */
    static final int FEATURES = 8 + Device.values().length;

    private static final double MUCH_DONE = 5;
    private static final double LONG_VISIT = 3;
    private static final double MINUTES_PER_DAY = 1440;

    private VisitContext() {
    }

    /**
     * The context of a request.
     *
     * @param known whether the customer is known
     * @param history how many interactions of the customer are known
     * @param session how many products the running visit has seen
     * @param product whether the list is for a product
     * @param device on what the visit is made
     * @param time when
     * @param zone the store's
     * @return {@link #FEATURES} numbers
     */
    static double[] of(boolean known, int history, int session, boolean product, Optional<Device> device, Instant time, ZoneId zone) {
        ZonedDateTime there = time.atZone(zone);
        double angle = 2 * Math.PI * (there.getHour() * 60 + there.getMinute()) / MINUTES_PER_DAY;
        boolean weekend = there.getDayOfWeek() == DayOfWeek.SATURDAY || there.getDayOfWeek() == DayOfWeek.SUNDAY;
        double[] context = Arrays.copyOf(new double[] {1, known ? 1 : 0, Math.log1p(history) / MUCH_DONE,
            Math.log1p(session) / LONG_VISIT, product ? 1 : 0, Math.sin(angle), Math.cos(angle), weekend ? 1 : 0}, FEATURES);
        device.ifPresent(kind -> context[FEATURES - Device.values().length + kind.ordinal()] = 1);
        return context;
    }
}
