package io.kontor.platform.rest.internal.resources;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.jobs.Jobs;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Rows of a store that were put aside: looked at, corrected and replayed, given up. */
@Path("stores/{store}/quarantine")
@Component(service = Resource.class)
public final class QuarantineResource implements Resource {

    private final DataAccess data;
    private final QuarantineDesk desk;
    private final Jobs jobs;

    /** A row that was put aside. */
    public record QuarantineView(String id, String entity, String job, long line, String field, String reason, String raw, Instant time) {

        static QuarantineView of(Quarantined row) {
            return new QuarantineView(Long.toString(row.id()), row.entity().path(), row.job(), row.line(), row.field(), row.reason(), row.raw(),
                    row.time());
        }
    }

    /**
     * A row that was put aside, with its fields.
     *
     * @param row the row
     * @param fields column to what was written there, as far as the row could be sorted into columns
     */
    public record HeldView(QuarantineView row, Map<String, String> fields) {
    }

    /**
     * Corrected fields.
     *
     * @param fields column to its corrected value; null takes the column away; what is not named stays as it came
     */
    public record ReplayForm(Map<String, String> fields) {
    }

    /**
     * What became of a row.
     *
     * @param verdict stored, duplicate or quarantined
     * @param field the field at fault; empty when none is
     * @param reason why it stays; empty when it does not
     */
    public record ReplayView(String verdict, String field, String reason) {
    }

    /**
     * Which rows are corrected, all alike.
     *
     * @param entity which records
     * @param reason only those put aside for this very reason; null for all
     * @param fields column to what is set in every row; null takes the column away
     * @param replace column to old values and what they are replaced by
     */
    public record ReplayAllForm(String entity, String reason, Map<String, String> fields, Map<String, Map<String, String>> replace) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param data the records
     * @param desk corrects rows
     * @param jobs correct many
     */
    @Activate
    public QuarantineResource(@Reference DataAccess data, @Reference QuarantineDesk desk, @Reference Jobs jobs) {
        this.data = data;
        this.desk = desk;
        this.jobs = jobs;
    }

    private static Entity entity(String name) {
        return Entity.of(name == null ? "" : name)
                .orElseThrow(() -> Problem.field(422, "entity", "there are no records called \"" + name + "\""));
    }

    /** Lists. */
    @GET
    @Requires(Role.ANALYST)
    @Describe("Lists the rows that were put aside, the latest first, each with the reason.")
    public Page<QuarantineView> list(@PathParam("store") String store, @QueryParam("entity") String entity,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        Entity wanted = entity == null ? null : entity(entity);
        long before;
        try {
            before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.field(400, "cursor", "is not one that this list gave");
        }
        int ask = Math.min(limit + 1, 500);
        List<QuarantineView> rows = data.quarantine(store, wanted, before, ask).stream().map(QuarantineView::of).toList();
        if (ask == limit && rows.size() == ask) {
            return new Page<>(rows, rows.get(ask - 1).id());
        }
        return Page.cut(rows, limit, QuarantineView::id);
    }

    /** Shows. */
    @GET
    @Path("{row}")
    @Requires(Role.ANALYST)
    @Describe("Shows a row that was put aside, with its fields.")
    public HeldView find(@PathParam("store") String store, @PathParam("row") String row) {
        return desk.find(store, id(row)).map(held -> new HeldView(QuarantineView.of(held.row()), held.fields())).orElseThrow(() -> gone(row));
    }

    /** Corrects. */
    @POST
    @Path("{row}/replay")
    @Requires(Role.OPERATOR)
    @Describe("Corrects a row that was put aside and gives it to the store once more: it is stored, already there, or stays aside.")
    public ReplayView replay(@PathParam("store") String store, @PathParam("row") String row, ReplayForm wanted) {
        return desk.replay(store, id(row), wanted.fields == null ? Map.of() : wanted.fields)
                .map(outcome -> new ReplayView(outcome.verdict().name().toLowerCase(Locale.ROOT), outcome.field(), outcome.reason()))
                .orElseThrow(() -> gone(row));
    }

    /** Corrects many. */
    @POST
    @Path("replay")
    @Requires(Role.OPERATOR)
    @Describe(value = "Corrects the rows of an entity that were put aside, all alike, and gives them to the store once more.", status = 202)
    public Reply<?> replayAll(@PathParam("store") String store, ReplayAllForm wanted, Call call) {
        if (wanted.replace != null && wanted.replace.containsValue(null)) {
            throw Problem.field(422, "replace", "must name old values and what they are replaced by");
        }
        return JobAnswers.started(jobs, desk.replayAll(store, new Correction(entity(wanted.entity), wanted.reason,
                wanted.fields == null ? Map.of() : wanted.fields, wanted.replace == null ? Map.of() : wanted.replace), call.starter()), call);
    }

    /** Gives up. */
    @DELETE
    @Path("{row}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Gives a row up that was put aside: it is deleted.", status = 204)
    public Reply<Void> dismiss(@PathParam("store") String store, @PathParam("row") String row) {
        if (!desk.dismiss(store, id(row))) {
            throw gone(row);
        }
        return Reply.of(204, null);
    }

    private static long id(String row) {
        if (!row.matches("\\d{1,18}")) {
            throw gone(row);
        }
        return Long.parseLong(row);
    }

    private static Problem gone(String row) {
        return Problem.of(404, "There is no row \"" + row + "\" in quarantine.");
    }
}
