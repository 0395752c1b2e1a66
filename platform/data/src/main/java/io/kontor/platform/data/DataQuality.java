package io.kontor.platform.data;

import io.kontor.api.data.Entity;
import io.kontor.platform.jobs.Starter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what looks wrong with a store's records though every single row is right. A service; safe for use by several threads. */
@ProviderType
public interface DataQuality {

    /** Type of the job that looks through a large store's records. */
    String JOB = "quality";

    /** How much a finding matters. */
    enum Severity {
        /** Worth knowing; good data may have it. */
        INFO,
        /** Good data hardly has it: somebody should look. */
        WARNING,
        /** So much of it that answers will suffer. */
        ERROR
    }

    /**
     * Something that looks wrong.
     *
     * @param entity which records
     * @param check what was looked for: {@code missing}, {@code duplicates}, {@code outliers}, {@code unusual}, {@code gaps}, {@code level},
     *     {@code quarantine}, or the name of a rule of the entity such as {@code margin}
     * @param column which column of the import files; null when it is about whole rows. {@code unitPrice/price} is a line's price against the
     *     catalogue's
     * @param rows how many rows it concerns; days for gaps, changes for levels; for {@code unusual} among a sample
     * @param share {@code rows} as a part of all that were looked at, 0 to 1
     * @param severity how much it matters
     * @param text one English sentence
     * @param detail what was measured, as JSON values: bounds, dates, levels
     * @param examples up to five of the rows, with their id and the values in question, or the days; no personal data beyond ids
     */
    record Finding(Entity entity, String check, String column, long rows, double share, Severity severity, String text,
            Map<String, Object> detail, List<Map<String, Object>> examples) {
    }

    /**
     * What was found.
     *
     * @param computed when the records were looked through; null when they were not yet
     * @param current whether the records have not changed since then
     * @param job the job that looks through them at this moment; null when none does
     * @param findings the severest first, then the largest share
     */
    record Report(Instant computed, boolean current, String job, List<Finding> findings) {
    }

    /**
     * What looks wrong with a store's data. Small stores are looked through at once; for large ones a job begins, at most one in a quarter of
     * an hour, and what was found the last time is given meanwhile.
     *
     * @param store the id of an existing store
     * @return the latest findings
     */
    Report report(String store);

    /**
     * Submits the job that looks through a store's records now.
     *
     * @param store the id of an existing store
     * @param by who wants it
     * @return the id of the job; that of the waiting or running one when there is one
     */
    String start(String store, Starter by);
}
