package io.kontor.platform.admin.internal.jobs;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.jobs.Job;
import java.time.Duration;
import java.time.Instant;

/**
 * A job in words.
 *
 * @param job the job as it was when it was asked
 * @param type what kind of work it is
 * @param plugin the plugin's title; empty when it concerns none
 * @param store the store's name; empty when it concerns none
 * @param startedBy who had it done; empty when that was not noted
 * @param says what is to be said of it: the error of a failed one, what came of one that went well, else what is being done
 * @param href where more is shown
 */
public record JobLine(Job job, String type, String plugin, String store, String startedBy, String says, String href) {

    /** How its state looks. */
    public String tone() {
        return tone(job.state());
    }

    /** How a state looks. */
    public static String tone(Job.State state) {
        return switch (state) {
            case QUEUED, CANCELLED -> "";
            case RUNNING -> "accent";
            case SUCCEEDED -> "good";
            case FAILED -> "bad";
        };
    }

    /** What a state is called. */
    public static String state(Visit visit, Job.State state) {
        return visit.text("jobs.state." + state.name());
    }

    /** How long it has run, or ran; a dash before it began. */
    public String took(Visit visit) {
        if (job.startedAt() == null) {
            return "–";
        }
        Duration ran = Duration.between(job.startedAt(), job.finishedAt() == null ? Instant.now() : job.finishedAt());
        return visit.format().duration(ran.isNegative() ? Duration.ZERO : ran);
    }
}
