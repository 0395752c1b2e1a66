package io.kontor.platform.admin.internal.imports;

import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.jobs.JobLine;
import io.kontor.platform.admin.internal.jobs.Outcome;
import io.kontor.platform.data.Uploads.Upload;
import io.kontor.platform.jobs.Job;
import java.util.List;

/**
 * A file that is or was checked.
 *
 * @param upload the file
 * @param entity which records it has
 * @param choices what becomes of its columns
 * @param line the job that checks it
 * @param outcome what it found; null before it has ended well
 * @param back where the columns are sorted
 * @param here the address of this page
 */
public record CheckView(Upload upload, Entity entity, List<String> choices, JobLine line, Outcome outcome, String back, String here) {

    /** Whether the check has not ended. */
    public boolean live() {
        return !line.job().state().ended();
    }

    /** Whether at least one row would be taken. */
    public boolean worthwhile() {
        return line.job().state() == Job.State.SUCCEEDED
                && line.job().result().get("read") instanceof Number read && line.job().result().get("quarantined") instanceof Number aside
                && read.longValue() > aside.longValue();
    }
}
