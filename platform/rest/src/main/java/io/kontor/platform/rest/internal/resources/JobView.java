package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A job in JSON. A job that has just been started shows only {@code job}, its id.
 *
 * @param job the id, where the answer is to a command
 * @param id the id
 * @param type what kind of work
 * @param store the store; null when it concerns none
 * @param plugin the plugin; null when it concerns none
 * @param state where it is
 * @param progress 0 to 1
 * @param message what is being done
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param result what came out
 * @param error why it failed
 * @param startedBy who had it done; null for jobs from before this was noted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(String job, String id, String type, String store, String plugin, Job.State state, Double progress, String message,
        Instant startedAt, Instant finishedAt, Map<String, Object> result, String error, StarterView startedBy) {

    /**
     * Who had a job done.
     *
     * @param kind user, key, schedule or system
     * @param name the account, the key's id or the schedule's id; null for the system
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StarterView(String kind, String name) {

        static StarterView of(Starter starter) {
            return starter == null ? null : new StarterView(starter.kind().name().toLowerCase(Locale.ROOT),
                    starter.name().isEmpty() ? null : starter.name());
        }
    }

    static JobView of(Job job) {
        return new JobView(job.id(), job.id(), job.type(), job.store(), job.plugin(), job.state(), job.progress(), job.message(),
                job.startedAt(), job.finishedAt(), job.result(), job.error(), StarterView.of(job.startedBy()));
    }

    static JobView accepted(String id) {
        return new JobView(id, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
