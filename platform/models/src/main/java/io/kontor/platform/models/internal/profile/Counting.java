package io.kontor.platform.models.internal.profile;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ReferenceProfile.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts present records in the bins of a reference. For one thread. */
public final class Counting {

    private static final int[] DAYS = {7, 28, 91};

    private final Sight sight;
    private final Source reference;
    private final Map<String, String> categories;
    private final double[][] counts;
    private long rows;

    private Counting(Source reference, Map<String, String> categories) {
        this.sight = Sight.named(reference.name());
        this.reference = reference;
        this.categories = categories;
        this.counts = reference.columns().stream().map(column -> new double[column.bins()]).toArray(double[][]::new);
    }

    /**
     * Counts the latest records.
     *
     * @param reference with the bins
     * @param data the records; nobody else reads through this view
     * @param end the first moment after the latest record
     * @param categories the category of each product
     * @param job cancel
     * @return the same columns with the present counts
     */
    public static Source latest(Source reference, Snapshot data, Instant end, Map<String, String> categories, JobContext job) {
        boolean timed = reference.to() != null;
        for (int i = 0;; i++) {
            Instant begin = end.minus(Duration.ofDays(DAYS[i]));
            Counting counting = new Counting(reference, categories);
            counting.sight.read(timed ? data.window(begin, end) : data.window(null, null), batch -> {
                job.checkCancelled();
                counting.add(batch);
            });
            if (!timed || counting.rows >= ModelChecks.FEWEST_ROWS || i == DAYS.length - 1) {
                return counting.source(timed ? begin : null, timed ? end : null);
            }
        }
    }

    private void add(ColumnBatch batch) {
        for (int k = 0; k < counts.length; k++) {
            ColumnProfile profile = reference.columns().get(k);
            Sight.Values values = values(profile, batch);
            for (int row = 0; row < batch.size(); row++) {
                int bin = values == null ? profile.bins() - 1
                        : profile.kind() == ColumnProfile.Kind.NUMBER ? profile.bin(values.numbers()[row]) : profile.bin(values.texts()[row]);
                counts[k][bin]++;
            }
        }
        rows += batch.size();
    }

    /** Null for an attribute that the batch does not have, all of whose values are missing then. */
    private Sight.Values values(ColumnProfile profile, ColumnBatch batch) {
        boolean attribute = sight.columns().stream().noneMatch(column -> column.name().equals(profile.column()));
        if (attribute && !batch.attributes().contains(profile.column())) {
            return null;
        }
        Sight.Column column = attribute ? new Sight.Column(profile.column(),
                profile.kind() == ColumnProfile.Kind.NUMBER ? Sight.Reading.NUMBER : Sight.Reading.HASHED)
                : sight.columns().stream().filter(one -> one.name().equals(profile.column())).findFirst().orElseThrow();
        return column.of(batch, categories);
    }

    private Source source(Instant from, Instant to) {
        List<ColumnProfile> counted = new ArrayList<>();
        for (int k = 0; k < counts.length; k++) {
            counted.add(reference.columns().get(k).counted(counts[k]));
        }
        return new Source(reference.name(), from, to, rows, reference.gapDays(), counted);
    }
}
