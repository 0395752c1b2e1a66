package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is wrong with the models of a store. */
@Path("stores/{store}/problems")
@Component(service = Resource.class)
public final class ProblemsResource implements Resource {

    private final Monitoring monitoring;

    /** Something that is wrong, or was. */
    public record ProblemView(String id, String plugin, String model, int number, Finding.Kind kind, String what, Map<String, Double> figures,
            io.kontor.platform.monitoring.Problem.State state, Instant openedAt, Instant seenAt, Instant closedAt,
            io.kontor.platform.monitoring.Problem.Cause closedBy, String acknowledgedBy, String note) {

        static ProblemView of(io.kontor.platform.monitoring.Problem one) {
            return new ProblemView(Long.toString(one.id()), one.plugin(), one.model(), one.number(), one.kind(), one.what(), one.figures(),
                    one.state(), one.openedAt(), one.seenAt(), one.closedAt(), one.closedBy(), one.who(), one.note());
        }
    }

    /** What somebody says who knows of a problem; may be null. */
    public record Said(String note) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param monitoring looks after champions
     */
    @Activate
    public ProblemsResource(@Reference Monitoring monitoring) {
        this.monitoring = monitoring;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists what monitoring found wrong with the champions of a store, the newest first; with closed=false only what still is.")
    public Page<ProblemView> list(@PathParam("store") String store, @QueryParam("plugin") String plugin, @QueryParam("closed") Boolean closed,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") Long cursor) {
        Page.limit(limit);
        List<ProblemView> problems = monitoring.problems(store, plugin, closed, cursor == null ? Long.MAX_VALUE : cursor, limit + 1).stream()
                .map(ProblemView::of).toList();
        return Page.cut(problems, limit, ProblemView::id);
    }

    /** Acknowledges. */
    @POST
    @Path("{problem}/acknowledge")
    @Requires(Role.ANALYST)
    @Describe("Notes that somebody knows of a problem; no training is started for it any more.")
    public ProblemView acknowledge(@PathParam("store") String store, @PathParam("problem") String problem, Said said, Call call) {
        Problem missing = Problem.of(404, "There is no problem \"" + problem + "\".");
        if (!problem.matches("\\d{1,18}")) {
            throw missing;
        }
        return monitoring.acknowledge(store, Long.parseLong(problem), call.principal().name(), said.note == null ? "" : said.note.strip())
                .map(ProblemView::of).orElseThrow(() -> missing);
    }
}
