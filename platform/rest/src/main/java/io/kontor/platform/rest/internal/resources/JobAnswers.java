package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Router;
import java.time.Duration;

/** Answers commands that start a job: 202 at once, or 200 with the finished job when the caller waits long enough. */
final class JobAnswers {

    private JobAnswers() {
    }

    static Reply<JobView> started(Jobs jobs, String id, Call call) {
        String location = Router.PREFIX + "/jobs/" + id;
        long seconds = call.waitSeconds();
        if (seconds > 0) {
            try {
                Job job = jobs.await(id, Duration.ofSeconds(seconds)).orElse(null);
                if (job != null && job.state().ended()) {
                    return Reply.of(200, JobView.of(job)).with("Location", location).with("Preference-Applied", "wait=" + seconds);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.of(503, "Kontor is stopping; the job goes on after the restart.").with("Retry-After", "5");
            }
        }
        return Reply.of(202, JobView.accepted(id)).with("Location", location);
    }
}
