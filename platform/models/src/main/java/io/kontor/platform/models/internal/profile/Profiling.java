package io.kontor.platform.models.internal.profile;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ColumnProfile.Kind;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Takes the profile of records in one pass. Of each week a sample of rows is drawn (Vitter, Random sampling with a reservoir, 1985, algorithm
 * R), so that memory stays bounded however many rows there are: {@value #OF_WEEK} rows of each of at most {@value #WEEKS} weeks, or
 * {@value #OF_WHOLE} rows without a time. The same rows give the same profile, bit for bit. For one thread.
 */
public final class Profiling {

    /** How far back records are looked at: a year, so that each season is there once. */
    static final int WEEKS = 53;

    private static final int OF_WEEK = 500;
    private static final int OF_WHOLE = 10_000;
    private static final int MOST_COLUMNS = 40;
    private static final long WEEK_MILLIS = Duration.ofDays(7).toMillis();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final Sight sight;
    private final Map<String, String> categories;
    private final int capacity;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, SampledColumn> columns = new LinkedHashMap<>();
    private final TreeMap<Long, Integer> sizes = new TreeMap<>();
    private final Map<Long, Long> seen = new TreeMap<>();
    private final BitSet days = new BitSet();
    private long rows;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private Profiling(Sight sight, Map<String, String> categories) {
        this.sight = sight;
        this.categories = categories;
        this.capacity = sight.clock() == null ? OF_WHOLE : OF_WEEK;
    }

    /**
     * The profile of what the models of a family learn from.
     *
     * @param family the family's name
     * @param data the records; nobody else reads through this view
     * @param until the time of the last record that was learned from; null when none had a time
     * @param categories the category of each product
     * @param predictions what the model answered on the held-out part; null when there was none
     * @param job cancel
     * @return the profile; kinds of records that the store does not have are left out
     */
    public static ReferenceProfile of(String family, Snapshot data, Instant until, Map<String, String> categories, double[] predictions,
            JobContext job) {
        Snapshot recent = until == null ? data : data.window(until.minus(Duration.ofDays(7L * WEEKS)), null);
        List<Source> sources = new ArrayList<>();
        for (Sight sight : Sight.of(family)) {
            Profiling profiling = new Profiling(sight, categories);
            sight.read(recent.window(null, null), batch -> {
                job.checkCancelled();
                profiling.add(batch);
            });
            if (profiling.rows > 0) {
                sources.add(profiling.source());
            }
        }
        return new ReferenceProfile(sources, predictions == null || predictions.length == 0 ? null
                : ColumnProfile.ofNumbers("prediction", predictions));
    }

    private void add(ColumnBatch batch) {
        List<Sight.Column> present = sight.columns(batch);
        Sight.Values[] values = new Sight.Values[present.size()];
        SampledColumn[] samples = new SampledColumn[present.size()];
        for (int k = 0; k < values.length; k++) {
            Sight.Column column = present.get(k);
            values[k] = column.of(batch, categories);
            if (!columns.containsKey(column.name()) && columns.size() < MOST_COLUMNS) {
                columns.put(column.name(), new SampledColumn(column.name(),
                        column.reading() == Sight.Reading.NUMBER ? Kind.NUMBER : Kind.CATEGORY, capacity));
            }
            samples[k] = columns.get(column.name());
        }
        long[] times = sight.clock() == null ? null : batch.times(sight.clock());
        for (int row = 0; row < batch.size(); row++) {
            long week = times == null ? 0 : Math.floorDiv(times[row], WEEK_MILLIS);
            int slot = draw(week);
            for (int k = 0; k < values.length && slot >= 0; k++) {
                if (samples[k] != null) {
                    samples[k].set(week, slot, values[k], row);
                }
            }
            if (times != null) {
                first = Math.min(first, times[row]);
                last = Math.max(last, times[row]);
                days.set((int) Math.max(0, times[row] / DAY_MILLIS));
            }
        }
        rows += batch.size();
    }

    /** Where a row of a week goes in the week's sample; -1 when it is not taken. */
    private int draw(long week) {
        long before = seen.merge(week, 1L, Long::sum) - 1;
        if (before < capacity) {
            sizes.put(week, (int) before + 1);
            if (sizes.size() > WEEKS + 1) {
                long oldest = sizes.firstKey();
                sizes.remove(oldest);
                columns.values().forEach(column -> column.forget(oldest));
            }
            return sizes.containsKey(week) ? (int) before : -1;
        }
        long at = random.nextLong(before + 1);
        return at < capacity && sizes.containsKey(week) ? (int) at : -1;
    }

    private Source source() {
        List<ColumnProfile> profiles = columns.values().stream().map(column -> column.profile(sizes)).toList();
        boolean timed = sight.clock() != null;
        return new Source(sight.name(), timed ? Instant.ofEpochMilli(first) : null, timed ? Instant.ofEpochMilli(last) : null, rows, gap(),
                profiles);
    }

    private int gap() {
        int greatest = 0;
        for (int day = days.nextSetBit(0); day >= 0;) {
            int next = days.nextSetBit(day + 1);
            greatest = next < 0 ? greatest : Math.max(greatest, next - day - 1);
            day = next;
        }
        return greatest;
    }
}
