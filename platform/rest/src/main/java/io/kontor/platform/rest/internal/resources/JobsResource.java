package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Json;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Work in the background. */
@Path("jobs")
@Component(service = Resource.class)
public final class JobsResource implements Resource {

    private static final int LARGEST_READ = 500;
    private static final int MOST_FOLLOWERS = 64;
    private static final long HEARTBEAT_SECONDS = 15;

    private final Jobs jobs;
    private final Semaphore followers = new Semaphore(MOST_FOLLOWERS);

    /**
     * Made by Declarative Services.
     *
     * @param jobs the jobs
     */
    @Activate
    public JobsResource(@Reference Jobs jobs) {
        this.jobs = jobs;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
    @Describe("Lists the jobs that the key may see, the latest first.")
    public Page<JobView> list(Call call, @QueryParam("store") String store, @QueryParam("state") String state,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        Principal principal = call.principal();
        if (store != null && !principal.knows(store)) {
            throw Problem.of(404, "There is no store \"" + store + "\".");
        }
        Job.State wanted = state == null ? null : Arrays.stream(Job.State.values()).filter(s -> s.name().equalsIgnoreCase(state))
                .findFirst().orElseThrow(() -> Problem.field(422, "state", "must be one of " + Arrays.toString(Job.State.values())));
        List<JobView> visible = new ArrayList<>();
        String before = cursor;
        List<Job> read;
        do {
            read = jobs.list(store, wanted, before, LARGEST_READ);
            for (Job job : read) {
                if (job.store() == null ? principal.everywhere() != null : principal.knows(job.store())) {
                    visible.add(JobView.of(job));
                }
                before = job.id();
            }
        } while (read.size() == LARGEST_READ && visible.size() <= limit);
        return Page.cut(visible, limit, JobView::id);
    }

    /** Shows. */
    @GET
    @Path("{job}")
    @Requires(value = Role.VIEWER, scope = Requires.Scope.JOB)
    @Describe("Shows a job.")
    public JobView find(@PathParam("job") String id) {
        return JobView.of(jobs.find(id).orElseThrow(() -> Problem.of(404, "There is no job \"" + id + "\".")));
    }

    /** Shows the log. */
    @GET
    @Path("{job}/log")
    @Requires(value = Role.VIEWER, scope = Requires.Scope.JOB)
    @Describe("Shows the last lines of a job's log, oldest first.")
    public Page<String> log(@PathParam("job") String id) {
        return new Page<>(jobs.log(id), null);
    }

    /** Cancels. */
    @POST
    @Path("{job}/cancel")
    @Requires(value = Role.OPERATOR, scope = Requires.Scope.JOB)
    @Describe(value = "Cancels a job; a running one ends as soon as it can.", status = 202)
    public Reply<JobView> cancel(@PathParam("job") String id) {
        if (!jobs.cancel(id)) {
            throw Problem.of(409, "The job has ended already.");
        }
        return Reply.of(202, find(id));
    }

    /** Follows. */
    @GET
    @Path("{job}/events")
    @Requires(value = Role.VIEWER, scope = Requires.Scope.JOB)
    @Describe(value = "Follows a job by server-sent events until it ends.", produces = "text/event-stream")
    public Reply<JobView> events(@PathParam("job") String id) {
        return Reply.streaming("text/event-stream;charset=utf-8", out -> {
            if (!followers.tryAcquire()) {
                throw Problem.of(429, "Too many are following jobs; poll the job instead.").with("Retry-After", "10");
            }
            try {
                stream(id, out);
            } finally {
                followers.release();
            }
        });
    }

    private void stream(String id, OutputStream out) throws IOException {
        LinkedBlockingQueue<Job> changes = new LinkedBlockingQueue<>();
        try (Jobs.Subscription subscription = jobs.follow(id, changes::add)) {
            Job job;
            do {
                job = changes.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                String text = job == null ? ": still there\n\n"
                        : "event: job\ndata: " + Json.MAPPER.writeValueAsString(JobView.of(job)) + "\n\n";
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } while (job == null || !job.state().ended());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
