package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Work of a store's plugins by the clock. */
@Path("stores/{store}/schedules")
@Component(service = Resource.class)
public final class SchedulesResource implements Resource {

    private final Schedules schedules;
    private final Jobs jobs;

    /**
     * A wanted schedule.
     *
     * @param plugin the id of a plugin that is enabled for the store
     * @param task what is done with it: {@code train}, {@code plan} or a task that it brings; {@code train} when missing
     * @param cron five fields: minute, hour, day of month, month, day of week
     * @param timeZone the IANA time zone that cron means; the store's when missing
     * @param enabled whether it is done at all; true when missing
     */
    public record Wanted(String plugin, String task, String cron, String timeZone, Boolean enabled) {

        Schedule.Terms terms() {
            return new Schedule.Terms(plugin, task == null ? PluginTask.TRAIN : task, cron, timeZone, enabled == null || enabled);
        }
    }

    /**
     * A schedule in JSON.
     *
     * @param id its id
     * @param plugin the plugin's id
     * @param task what is done with it
     * @param title the task's title in the language asked for
     * @param cron five fields
     * @param timeZone the time zone that cron means
     * @param enabled whether it is done at all
     * @param waiting why it cannot be done at present; null when it can
     * @param nextRun when it is done next; null while disabled or waiting
     * @param lastRun when it was done last; null before
     * @param lastJob the job of the last time; null before
     * @param lastState how that job does; null before
     */
    public record ScheduleView(String id, String plugin, String task, String title, String cron, String timeZone, boolean enabled,
            String waiting, Instant nextRun, Instant lastRun, String lastJob, Job.State lastState) {

        static ScheduleView of(Schedule schedule) {
            Schedule.Terms terms = schedule.terms();
            return new ScheduleView(schedule.id(), terms.plugin(), terms.task(), schedule.title(), terms.cron(), terms.timeZone(),
                    terms.enabled(), schedule.waiting().orElse(null), schedule.nextRun(), schedule.lastRun(), schedule.lastJob(),
                    schedule.lastState());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param schedules keeps them
     * @param jobs runs what is started by hand
     */
    @Activate
    public SchedulesResource(@Reference Schedules schedules, @Reference Jobs jobs) {
        this.schedules = schedules;
        this.jobs = jobs;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the schedules of a store: those that its plugins bring and those that were added.")
    public Page<ScheduleView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor, Call call) {
        List<ScheduleView> all = schedules.list(store, call.locale()).stream().map(ScheduleView::of).toList();
        return Page.of(all, limit, cursor, ScheduleView::id);
    }

    /** Shows. */
    @GET
    @Path("{schedule}")
    @Requires(Role.VIEWER)
    @Describe("Shows a schedule with its next and its last run.")
    public ScheduleView find(@PathParam("store") String store, @PathParam("schedule") String id, Call call) {
        return ScheduleView.of(schedules.find(store, id, call.locale()).orElseThrow(() -> gone(id)));
    }

    /** Adds or changes. */
    @PUT
    @Path("{schedule}")
    @Requires(Role.OPERATOR)
    @Describe("Lets a plugin's task be done by the clock, changes when, or pauses it.")
    public ScheduleView put(@PathParam("store") String store, @PathParam("schedule") String id, Wanted wanted, Call call) {
        try {
            return ScheduleView.of(schedules.put(store, id, wanted.terms(), call.locale()));
        } catch (ScheduleRefusedException e) {
            throw Problem.field(422, e.field(), e.getMessage());
        }
    }

    /** Runs. */
    @POST
    @Path("{schedule}/run")
    @Requires(Role.OPERATOR)
    @Describe(value = "Does a schedule's task now, be it paused or not; while a job of it waits in the queue, gives that one.", status = 202)
    public Reply<JobView> run(@PathParam("store") String store, @PathParam("schedule") String id, Call call) {
        return JobAnswers.started(jobs, schedules.run(store, id, call.starter()).orElseThrow(() -> gone(id)), call);
    }

    /** Removes. */
    @DELETE
    @Path("{schedule}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a schedule; jobs that it has started go on. One that a plugin brings stays away until the plugin is disabled "
            + "and enabled again.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("schedule") String id) {
        if (!schedules.delete(store, id)) {
            throw gone(id);
        }
        return Reply.of(204, null);
    }

    private static Problem gone(String id) {
        return Problem.of(404, "There is no schedule \"" + id + "\".");
    }
}
