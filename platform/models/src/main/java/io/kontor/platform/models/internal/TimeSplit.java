package io.kontor.platform.models.internal;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Snapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Cuts interactions in two by time: all before a moment, and the rest. The moment is chosen so that the later part has about a given share
 * of the rows; rows of one moment stay together, however many they are.
 */
final class TimeSplit {

    private final double laterShare;

    /**
     * A rule for cutting.
     *
     * @param laterShare share of the rows that should come after the cut, above 0 and below 1
     */
    TimeSplit(double laterShare) {
        this.laterShare = laterShare;
    }

    /** Chooses the rows of a batch that count. */
    @FunctionalInterface
    interface Rows {

        /**
         * Prepares the columns of a batch.
         *
         * @param batch the batch
         * @return whether the row of an index counts
         */
        LongPredicate of(ColumnBatch batch);
    }

    /**
     * Finds the cut.
     *
     * @param snapshot the records; read once
     * @param total how many rows count
     * @param rows which rows count
     * @return the first moment of the later part; empty when all rows are of one moment or there are fewer than two
     */
    Optional<Instant> cut(Snapshot snapshot, long total, Rows rows) {
        Search search = new Search(Math.round(total * (1 - laterShare)), total);
        snapshot.interactions(batch -> search.pass(batch, rows.of(batch)));
        return search.result();
    }

    /** Walks over the rows in the order of time and looks for the two changes of moment next to the wished row. */
    private static final class Search {

        private final long wished;
        private final long total;
        private long row;
        private long moment = Long.MIN_VALUE;
        private long before = -1;
        private long beforeTime;
        private long after = -1;
        private long afterTime;

        Search(long wished, long total) {
            this.wished = wished;
            this.total = total;
        }

        void pass(ColumnBatch batch, LongPredicate counts) {
            long[] times = batch.times("time");
            for (int i = 0; i < batch.size(); i++) {
                if (!counts.test(i)) {
                    continue;
                }
                if (times[i] != moment && row > 0) {
                    change(times[i]);
                }
                moment = times[i];
                row++;
            }
        }

        private void change(long time) {
            if (row <= wished) {
                before = row;
                beforeTime = time;
            } else if (after < 0) {
                after = row;
                afterTime = time;
            }
        }

        Optional<Instant> result() {
            boolean hasBefore = before > 0;
            boolean hasAfter = after > 0 && after < total;
            if (hasBefore && (!hasAfter || wished - before <= after - wished)) {
                return Optional.of(Instant.ofEpochMilli(beforeTime));
            }
            return hasAfter ? Optional.of(Instant.ofEpochMilli(afterTime)) : Optional.empty();
        }
    }
}
