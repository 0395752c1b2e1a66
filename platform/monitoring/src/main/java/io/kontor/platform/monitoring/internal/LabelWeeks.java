package io.kontor.platform.monitoring.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.time.Duration;
import java.time.Instant;

/** How many transactions there were in each of the latest weeks, and how many labels became known in it. For one thread. */
final class LabelWeeks {

    static final int WEEKS = 13;

    private static final long WEEK_MILLIS = Duration.ofDays(7).toMillis();

    private final long begin;
    private final long[] transactions = new long[WEEKS];
    private final long[] labels = new long[WEEKS];

    private LabelWeeks(Instant end) {
        begin = end.toEpochMilli() - WEEKS * WEEK_MILLIS;
    }

    /**
     * Counts.
     *
     * @param data the records
     * @param end the end of the last week
     * @param job cancel
     * @return the counts
     */
    static LabelWeeks of(Snapshot data, Instant end, JobContext job) {
        LabelWeeks weeks = new LabelWeeks(end);
        // Labels come late, so older transactions are read, too.
        Instant from = Instant.ofEpochMilli(weeks.begin).minus(Duration.ofDays(7L * WEEKS));
        data.window(from, null).read(Entity.TRANSACTIONS, batch -> {
            job.checkCancelled();
            long[] times = batch.times("time");
            String[] texts = batch.texts("label");
            long[] known = batch.times("labelTime");
            for (int i = 0; i < batch.size(); i++) {
                count(weeks.transactions, weeks.begin, times[i]);
                if (texts[i] != null) {
                    count(weeks.labels, weeks.begin, known[i] == Long.MIN_VALUE ? times[i] : known[i]);
                }
            }
        });
        return weeks;
    }

    /** What came after the end counts for the last week. */
    private static void count(long[] weeks, long begin, long time) {
        int week = (int) Math.min(WEEKS - 1L, Math.floorDiv(time - begin, WEEK_MILLIS));
        if (week >= 0) {
            weeks[week]++;
        }
    }

    long[] transactions() {
        return transactions;
    }

    long[] labels() {
        return labels;
    }
}
