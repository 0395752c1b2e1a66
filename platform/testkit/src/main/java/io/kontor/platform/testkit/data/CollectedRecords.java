package io.kontor.platform.testkit.data;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.source.RecordSink;
import io.kontor.api.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A sink that keeps what a data source hands over, and its watermarks from run to run. Files are read to the end and kept as bytes. For one
 * thread.
 */
public final class CollectedRecords implements RecordSink {

    private final JobContext job;
    private final int enough;
    private final Map<Entity, List<Map<String, Object>>> records = new EnumMap<>(Entity.class);
    private final Map<Entity, List<Integer>> batches = new EnumMap<>(Entity.class);
    private final Map<Entity, List<String>> watermarks = new EnumMap<>(Entity.class);
    private final Map<Entity, String> reached = new EnumMap<>(Entity.class);

    /** Takes everything. */
    public CollectedRecords() {
        this(new SampleJob(), Integer.MAX_VALUE);
    }

    /**
     * Takes the records of a job.
     *
     * @param job may be cancelled
     * @param enough in a dry run, how many records of an entity are wanted; {@link Integer#MAX_VALUE} for a run that is none
     */
    public CollectedRecords(JobContext job, int enough) {
        this.job = job;
        this.enough = enough;
    }

    @Override
    public JobContext job() {
        return job;
    }

    @Override
    public boolean dryRun() {
        return enough < Integer.MAX_VALUE;
    }

    @Override
    public Optional<String> watermark(Entity entity) {
        return Optional.ofNullable(reached.get(entity));
    }

    @Override
    public boolean records(Entity entity, List<Map<String, Object>> batch, String watermark) {
        job.checkCancelled();
        records.computeIfAbsent(entity, any -> new ArrayList<>()).addAll(batch);
        batches.computeIfAbsent(entity, any -> new ArrayList<>()).add(batch.size());
        if (watermark != null) {
            watermarks.computeIfAbsent(entity, any -> new ArrayList<>()).add(watermark);
            reached.put(entity, watermark);
        }
        return records(entity).size() < enough;
    }

    @Override
    public FileResult file(Entity entity, SourceFile file) throws IOException {
        try (InputStream bytes = Objects.requireNonNull(file.content().open())) {
            records.computeIfAbsent(entity, any -> new ArrayList<>()).add(Map.of("name", file.name(), "bytes", bytes.readAllBytes()));
        }
        return FileResult.TAKEN;
    }

    /**
     * The records that were handed over since the last {@link #clear}.
     *
     * @param entity which
     * @return in order
     */
    public List<Map<String, Object>> records(Entity entity) {
        return records.getOrDefault(entity, List.of());
    }

    /**
     * How many records each batch had.
     *
     * @param entity which
     * @return sizes in order
     */
    public List<Integer> batches(Entity entity) {
        return batches.getOrDefault(entity, List.of());
    }

    /**
     * The watermarks that came with batches.
     *
     * @param entity which
     * @return in order, without those that were left out
     */
    public List<String> watermarks(Entity entity) {
        return watermarks.getOrDefault(entity, List.of());
    }

    /** Forgets records and batches, but not how far the source has come. */
    public void clear() {
        records.clear();
        batches.clear();
        watermarks.clear();
    }
}
