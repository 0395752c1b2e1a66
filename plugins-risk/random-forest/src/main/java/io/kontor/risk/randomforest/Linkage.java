package io.kontor.risk.randomforest;

import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.SharedKey;
import io.kontor.api.risk.Transaction;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Counts the earlier payments of a request: {@link LinkStat} for each {@link SharedKey}. */
final class Linkage {

    /** How many figures there are. */
    static final int SIZE = SharedKey.values().length * LinkStat.values().length;

    private static final SharedKey[] KEYS = SharedKey.values();
    private static final int STATS = LinkStat.values().length;
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    private static final List<Function<Transaction, String>> COUNTED =
            List.of(Transaction::customerId, Transaction::cardHash, Transaction::device, Transaction::country);

    private Linkage() {
    }

    /** Where a figure lies. */
    static int index(SharedKey key, LinkStat stat) {
        return key.ordinal() * STATS + stat.ordinal();
    }

    /**
     * Fills in the figures.
     *
     * @param request the payment and what came before it
     * @param wanted which keys are needed, by their ordinal
     * @param figures gets {@link #SIZE} numbers; NaN for what is missing or not wanted
     */
    static void fill(RiskRequest request, boolean[] wanted, double[] figures) {
        Arrays.fill(figures, 0, SIZE, Double.NaN);
        for (SharedKey key : KEYS) {
            String value = key.in(request.transaction());
            if (wanted[key.ordinal()] && !value.isEmpty()) {
                fill(request, key, value, figures);
            }
        }
    }

    private static void fill(RiskRequest request, SharedKey key, String value, double[] figures) {
        int at = key.ordinal() * STATS;
        Arrays.fill(figures, at, at + STATS, 0);
        long now = request.transaction().time().toEpochMilli();
        long last = Long.MIN_VALUE;
        long first = now;
        double sum = 0;
        int count = 0;
        for (Transaction earlier : request.previous()) {
            if (key.in(earlier).equals(value)) {
                long time = earlier.time().toEpochMilli();
                long age = now - time;
                figures[at + LinkStat.COUNT_HOUR.ordinal()] += age <= HOUR ? 1 : 0;
                figures[at + LinkStat.COUNT_DAY.ordinal()] += age <= DAY ? 1 : 0;
                figures[at + LinkStat.COUNT_WEEK.ordinal()] += age <= 7 * DAY ? 1 : 0;
                figures[at + LinkStat.COUNT_MONTH.ordinal()] += age <= 30 * DAY ? 1 : 0;
                figures[at + LinkStat.SUM_DAY.ordinal()] += age <= DAY ? earlier.amount() : 0;
                last = Math.max(last, time);
                first = Math.min(first, time);
                sum += earlier.amount();
                count++;
            }
        }
        double mean = sum / count;
        figures[at + LinkStat.RATIO.ordinal()] = mean > 0 ? request.transaction().amount() / mean : Double.NaN;
        figures[at + LinkStat.HOURS_SINCE_LAST.ordinal()] = count > 0 ? (double) (now - last) / HOUR : Double.NaN;
        figures[at + LinkStat.DAYS_KNOWN.ordinal()] = (double) (now - first) / DAY;
        for (int k = 0; k < COUNTED.size(); k++) {
            figures[at + LinkStat.CUSTOMERS.ordinal() + k] = distinct(request, key, value, COUNTED.get(k), count);
        }
    }

    private static int distinct(RiskRequest request, SharedKey key, String value, Function<Transaction, String> field, int linked) {
        String own = field.apply(request.transaction());
        if (linked == 0) {
            return own.isEmpty() ? 0 : 1;
        }
        Set<String> seen = new HashSet<>();
        seen.add(own);
        for (Transaction earlier : request.previous()) {
            if (key.in(earlier).equals(value)) {
                seen.add(field.apply(earlier));
            }
        }
        seen.remove("");
        return seen.size();
    }
}
