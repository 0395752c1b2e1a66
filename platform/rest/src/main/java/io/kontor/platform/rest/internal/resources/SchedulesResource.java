package io.kontor.platform.rest.internal.resources;

import io.kontor.api.store.Store;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
    private final Stores stores;
    private final Activations activations;
    private final PluginCatalogue catalogue;

    /**
     * A wanted schedule.
     *
     * @param plugin the id of a plugin that is enabled for the store
     * @param task what is done with it; {@code train} when missing
     * @param cron five fields: minute, hour, day of month, month, day of week
     * @param timeZone the IANA time zone that cron means; the store's when missing
     * @param enabled whether it is done at all; true when missing
     */
    public record Wanted(String plugin, String task, String cron, String timeZone, Boolean enabled) {
    }

    /**
     * A schedule in JSON.
     *
     * @param id its id
     * @param plugin the plugin's id
     * @param task what is done with it
     * @param cron five fields
     * @param timeZone the time zone that cron means
     * @param enabled whether it is done at all
     * @param nextRun when it is done next; null while disabled
     * @param lastRun when it was done last; null before
     * @param lastJob the job of the last time; null before
     */
    public record ScheduleView(String id, String plugin, String task, String cron, String timeZone, boolean enabled, Instant nextRun,
            Instant lastRun, String lastJob) {

        static ScheduleView of(Schedule schedule) {
            Schedule.Terms terms = schedule.terms();
            return new ScheduleView(schedule.id(), terms.plugin(), terms.task(), terms.cron(), terms.timeZone(), terms.enabled(),
                    schedule.nextRun(), schedule.lastRun(), schedule.lastJob());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param schedules keeps them
     * @param stores knows the stores' time zones
     * @param activations knows what is enabled
     * @param catalogue knows what can be trained
     */
    @Activate
    public SchedulesResource(@Reference Schedules schedules, @Reference Stores stores, @Reference Activations activations,
            @Reference PluginCatalogue catalogue) {
        this.schedules = schedules;
        this.stores = stores;
        this.activations = activations;
        this.catalogue = catalogue;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the schedules of a store.")
    public Page<ScheduleView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        List<ScheduleView> all = schedules.list(store).stream().map(ScheduleView::of).toList();
        return Page.of(all, limit, cursor, ScheduleView::id);
    }

    /** Shows. */
    @GET
    @Path("{schedule}")
    @Requires(Role.VIEWER)
    @Describe("Shows a schedule with its next and its last run.")
    public ScheduleView find(@PathParam("store") String store, @PathParam("schedule") String id) {
        return ScheduleView.of(schedules.find(store, id).orElseThrow(() -> gone(id)));
    }

    /** Adds or changes. */
    @PUT
    @Path("{schedule}")
    @Requires(Role.OPERATOR)
    @Describe("Lets a plugin's task be done by the clock, or changes when.")
    public ScheduleView put(@PathParam("store") String store, @PathParam("schedule") String id, Wanted wanted, Call call) {
        if (wanted.plugin() == null) {
            throw Problem.field(422, "plugin", "is required");
        }
        Activation activation = activations.find(store, wanted.plugin())
                .orElseThrow(() -> Problem.field(422, "plugin", "is not enabled for this store"));
        if (!catalogue.find(activation.plugin(), activation.version(), call.locale()).map(PluginDescriptor::trainable).orElse(true)) {
            throw Problem.field(422, "plugin", "learns no model");
        }
        String zone = wanted.timeZone() != null ? wanted.timeZone()
                : stores.find(store).map(Store::timeZone).orElseThrow(() -> Problem.of(404, "There is no store \"" + store + "\".")).getId();
        try {
            return ScheduleView.of(schedules.put(store, id, new Schedule.Terms(wanted.plugin(),
                    wanted.task() == null ? Schedule.Terms.TRAIN : wanted.task(), wanted.cron(), zone,
                    wanted.enabled() == null || wanted.enabled())));
        } catch (ScheduleRefusedException e) {
            throw Problem.field(422, e.field(), e.getMessage());
        }
    }

    /** Removes. */
    @DELETE
    @Path("{schedule}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a schedule; jobs that it has started go on.", status = 204)
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
