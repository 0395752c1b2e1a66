package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.DataQuality;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What data a store has. */
@Path("stores/{store}")
@Component(service = Resource.class)
public final class DataResource implements Resource {

    private final DataAccess data;
    private final DataQuality quality;
    private final Jobs jobs;

    /** How much of an entity there is. */
    public record ExtentView(String entity, long rows, Instant from, Instant to, long quarantined) {
    }

    /**
     * Something that looks wrong.
     *
     * @param entity which records
     * @param check what was looked for
     * @param column which column; null when it is about whole rows
     * @param rows how many rows; days for gaps, jumps for levels
     * @param share of all that were looked at, 0 to 1
     * @param severity info, warning or error
     * @param text one sentence
     * @param detail what was measured
     * @param examples up to five of the rows
     */
    public record FindingView(String entity, String check, String column, long rows, double share, String severity, String text,
            Map<String, Object> detail, List<Map<String, Object>> examples) {

        static FindingView of(DataQuality.Finding finding) {
            return new FindingView(finding.entity().path(), finding.check(), finding.column(), finding.rows(), finding.share(),
                    finding.severity().name().toLowerCase(Locale.ROOT), finding.text(), finding.detail(), finding.examples());
        }
    }

    /**
     * What was found.
     *
     * @param items the severest first
     * @param computed when the records were looked through; null when they were not yet
     * @param current whether they have not changed since then
     * @param job the job that looks through them now; null when none does
     */
    public record QualityView(List<FindingView> items, Instant computed, boolean current, String job) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param data the records
     * @param quality what is wrong with them
     * @param jobs look through them
     */
    @Activate
    public DataResource(@Reference DataAccess data, @Reference DataQuality quality, @Reference Jobs jobs) {
        this.data = data;
        this.quality = quality;
        this.jobs = jobs;
    }

    /** Lists. */
    @GET
    @Path("data")
    @Requires(Role.VIEWER)
    @Describe("Tells how much of each kind of record a store has.")
    public Page<ExtentView> extents(@PathParam("store") String store) {
        return new Page<>(data.extents(store).stream()
                .map(e -> new ExtentView(e.entity().path(), e.rows(), e.from(), e.to(), e.quarantined())).toList(), null);
    }

    /** Checks. */
    @GET
    @Path("data/quality")
    @Requires(Role.VIEWER)
    @Describe("Tells what looks wrong with a store's data. A large store is looked through by a job; what was found before is given meanwhile.")
    public QualityView quality(@PathParam("store") String store) {
        DataQuality.Report report = quality.report(store);
        return new QualityView(report.findings().stream().map(FindingView::of).toList(), report.computed(), report.current(), report.job());
    }

    /** Looks. */
    @POST
    @Path("data/quality")
    @Requires(Role.ANALYST)
    @Describe(value = "Looks through a store's data now; while a job does so, gives that one.", status = 202)
    public Reply<?> look(@PathParam("store") String store, Call call) {
        return JobAnswers.started(jobs, quality.start(store, call.starter()), call);
    }
}
