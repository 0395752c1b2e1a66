package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;

/** Follows a job to its end. The job goes on when the command is interrupted. */
final class JobFollower {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    /** Hears how far a job is. */
    interface Listener {

        void progress(double share, String message);
    }

    private final ApiClient api;
    private final Screen screen;

    JobFollower(ApiClient api, Screen screen) {
        this.api = api;
        this.screen = screen;
    }

    /**
     * Waits for the end, showing the progress.
     *
     * @param answer of the command that began the job
     * @return the job's result
     */
    JsonNode follow(JsonNode answer) {
        ProgressBar bar = new ProgressBar(screen);
        try {
            return follow(api, answer, bar::show);
        } finally {
            bar.close();
        }
    }

    /** Waits for the end, telling a listener of the progress. */
    static JsonNode follow(ApiClient api, JsonNode answer, Listener listener) {
        String id = answer.path("job").asText();
        try {
            for (long pause = FIRST_PAUSE_MILLIS; true; pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2)) {
                JsonNode job = api.get(ApiClient.path("jobs", id));
                listener.progress(job.path("progress").asDouble(), job.path("message").asText(""));
                switch (job.path("state").asText()) {
                    case "SUCCEEDED" -> {
                        return job.path("result");
                    }
                    case "FAILED" -> throw new CommandFailure(job.path("error").asText("The job " + id + " failed."));
                    case "CANCELLED" -> throw new CommandFailure("The job " + id + " was cancelled.");
                    default -> TimeUnit.MILLISECONDS.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The command was interrupted; the job " + id + " goes on.");
        }
    }
}
