package io.kontor.api.feature;

/** Aggregates of one row while its earlier rows are shown. Drops whatever is not strictly older than the row. For one thread, for one row. */
final class Tally implements Earlier.Visitor {

    private static final double HOUR = 3_600_000;

    private final Aggregates plan;
    private final Row row;
    private final long now;
    private final double[] sums;
    private final int[] counts;
    private final LongIndex[] seen;

    Tally(Aggregates plan, Row row) {
        this.plan = plan;
        this.row = row;
        now = row.time();
        sums = new double[plan.size()];
        counts = new int[plan.size()];
        seen = plan.distinct() ? new LongIndex[plan.size()] : null;
    }

    @Override
    public void earlier(EarlierRow earlier, long keys) {
        long age = now - earlier.time();
        if (age <= 0) {
            return;
        }
        for (long left = keys & plan.keys(); left != 0; left &= left - 1) {
            int key = Long.numberOfTrailingZeros(left);
            for (int a = plan.begin(key); a < plan.begin(key + 1); a++) {
                if (age <= plan.window(a)) {
                    add(a, earlier, age);
                }
            }
        }
    }

    private void add(int a, EarlierRow earlier, long age) {
        switch (plan.stat(a)) {
            case COUNT -> counts[a]++;
            case SUM, MEAN, RATIO -> {
                double number = earlier.number(plan.column(a));
                if (!Double.isNaN(number)) {
                    sums[a] += number;
                    counts[a]++;
                }
            }
            case MIN -> extreme(a, earlier.number(plan.column(a)), -1);
            case MAX -> extreme(a, earlier.number(plan.column(a)), 1);
            case DISTINCT -> {
                long hash = earlier.hash(plan.column(a));
                if (hash != 0) {
                    if (seen[a] == null) {
                        seen[a] = new LongIndex();
                    }
                    seen[a].put(hash, 0);
                }
            }
            case HOURS_SINCE_LAST -> extreme(a, age / HOUR, -1);
            case HOURS_SINCE_FIRST -> extreme(a, age / HOUR, 1);
            default -> throw new IllegalStateException("no such figure: " + plan.stat(a));
        }
    }

    private void extreme(int a, double number, int sign) {
        if (!Double.isNaN(number) && (counts[a] == 0 || sign * number > sign * sums[a])) {
            sums[a] = number;
            counts[a]++;
        }
    }

    // The figure, NaN when it is missing.
    double figure(int a) {
        if (row.hash(plan.keyColumn(a)) == 0) {
            return Double.NaN;
        }
        double missing = counts[a] == 0 ? Double.NaN : sums[a];
        return switch (plan.stat(a)) {
            case COUNT -> counts[a];
            case SUM, HOURS_SINCE_FIRST -> sums[a];
            case MEAN -> missing / counts[a];
            case MIN, MAX, HOURS_SINCE_LAST -> missing;
            case RATIO -> missing > 0 ? row.number(plan.column(a)) / (missing / counts[a]) : Double.NaN;
            case DISTINCT -> distinct(a);
        };
    }

    private int distinct(int a) {
        long own = row.hash(plan.column(a));
        if (seen[a] == null) {
            return own == 0 ? 0 : 1;
        }
        return seen[a].size() + (own != 0 && seen[a].get(own) < 0 ? 1 : 0);
    }
}
