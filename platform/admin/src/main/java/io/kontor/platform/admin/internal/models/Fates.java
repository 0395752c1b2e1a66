package io.kontor.platform.admin.internal.models;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ModelRegistry;
import java.util.HashMap;
import java.util.Map;

/** What training said about its models: promoted or not, and why. Known as long as the history has the job. */
final class Fates {

    private static final int JOBS = 500;

    private final Jobs jobs;

    /** What training said of a model. */
    record Fate(boolean promoted, String reason) {
    }

    Fates(Jobs jobs) {
        this.jobs = jobs;
    }

    /** The fates of a store's models, by the model's id. */
    Map<String, Fate> of(String store) {
        Map<String, Fate> fates = new HashMap<>();
        for (Job job : jobs.list(store, Job.State.SUCCEEDED, null, JOBS)) {
            if (job.type().equals(ModelRegistry.TRAIN_JOB) && job.result() != null
                    && job.result().get("model") instanceof String model && job.result().get("promoted") instanceof Boolean promoted) {
                fates.put(model, new Fate(promoted, String.valueOf(job.result().getOrDefault("reason", ""))));
            }
        }
        return fates;
    }
}
