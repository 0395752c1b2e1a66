package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.data.Sources;
import io.kontor.platform.data.Sources.FeedPreview;
import io.kontor.platform.data.Sources.FeedState;
import io.kontor.platform.data.Sources.PreviewRow;
import io.kontor.platform.data.Sources.Source;
import io.kontor.platform.data.Sources.Verdict;
import io.kontor.platform.jobs.Job;
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
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where a store's records come from. */
@Path("stores/{store}/sources")
@Component(service = Resource.class)
public final class SourcesResource implements Resource {

    private final Sources sources;
    private final Jobs jobs;

    /**
     * One kind of records that a source reads. Counts are those of all runs since all was read again.
     *
     * @param entity which records
     * @param from where they come from; null when the source no longer reads them
     * @param mapping canonical column to the source's field
     * @param watermark how far they were read; null when the source keeps none
     * @param files how many files were taken
     * @param read rows read
     * @param stored rows that were new or changed
     * @param duplicates rows that were there already
     * @param quarantined rows put aside
     */
    public record FeedView(String entity, String from, Map<String, String> mapping, String watermark, long files, long read, long stored,
            long duplicates, long quarantined) {

        static FeedView of(FeedState feed) {
            return new FeedView(feed.entity().path(), feed.from(), feed.mapping(), feed.watermark(), feed.files(), feed.read(), feed.stored(),
                    feed.duplicates(), feed.quarantined());
        }
    }

    /**
     * A source in JSON.
     *
     * @param plugin the plugin's id
     * @param running whether its instance is there
     * @param lastRun when it was read last; null before
     * @param lastJob the job that did; null before
     * @param lastState how that job does; null before
     * @param lastError why the last run failed; null when it did not
     * @param feeds what it reads
     */
    public record SourceView(String plugin, boolean running, Instant lastRun, String lastJob, Job.State lastState, String lastError,
            List<FeedView> feeds) {
    }

    /**
     * What would become of a row.
     *
     * @param line its line in the file, else its place in the run, from 1
     * @param verdict what would become of it
     * @param field the field at fault; empty when none is
     * @param reason what is wrong with it; empty when nothing is
     * @param values canonical columns
     */
    public record RowView(long line, Verdict verdict, String field, String reason, Map<String, String> values) {

        static RowView of(PreviewRow row) {
            return new RowView(row.line(), row.verdict(), row.field(), row.reason(), row.values());
        }
    }

    /**
     * The first rows of a feed.
     *
     * @param entity which records
     * @param from where they come from
     * @param leftOut fields of the source that are not taken
     * @param rows the rows
     */
    public record FeedPreviewView(String entity, String from, List<String> leftOut, List<RowView> rows) {

        static FeedPreviewView of(FeedPreview feed) {
            return new FeedPreviewView(feed.entity().path(), feed.from(), feed.leftOut(), feed.rows().stream().map(RowView::of).toList());
        }
    }

    /**
     * What a dry run has found.
     *
     * @param feeds the first rows of each
     * @param refused files that would be refused, each with its reason
     * @param error why the source could not be read; null when it could
     */
    public record PreviewView(List<FeedPreviewView> feeds, List<String> refused, String error) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param sources the sources
     * @param jobs read them
     */
    @Activate
    public SourcesResource(@Reference Sources sources, @Reference Jobs jobs) {
        this.sources = sources;
        this.jobs = jobs;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the data sources that are enabled for a store: what they read, how far, and what came of it.")
    public Page<SourceView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        return Page.of(sources.list(store).stream().map(this::view).toList(), limit, cursor, SourceView::plugin);
    }

    /** Shows. */
    @GET
    @Path("{plugin}")
    @Requires(Role.VIEWER)
    @Describe("Shows a data source.")
    public SourceView find(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        return view(source(store, plugin));
    }

    /** Reads. */
    @POST
    @Path("{plugin}/run")
    @Requires(Role.OPERATOR)
    @Describe(value = "Reads a data source now; while a job of it waits in the queue, gives that one. With dryRun=true answers 200 with the "
            + "first rows of each feed, mapped and judged, and stores nothing.", status = 202)
    public Reply<?> run(@PathParam("store") String store, @PathParam("plugin") String plugin,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun, Call call) {
        source(store, plugin);
        if (!dryRun) {
            return JobAnswers.started(jobs, sources.run(store, plugin, call.starter()), call);
        }
        Sources.Preview preview = sources.check(store, plugin);
        return Reply.of(200, new PreviewView(preview.feeds().stream().map(FeedPreviewView::of).toList(), preview.refused(), preview.error()));
    }

    /** Forgets. */
    @DELETE
    @Path("{plugin}/watermark")
    @Requires(Role.OPERATOR)
    @Describe(value = "Forgets how far a data source was read, so that the next run reads all again; that stores nothing twice.", status = 204)
    public Reply<Void> forget(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        source(store, plugin);
        if (!sources.forget(store, plugin)) {
            throw Problem.of(409, "The source is being read at this moment; wait for its job or cancel it.");
        }
        return Reply.of(204, null);
    }

    private Source source(String store, String plugin) {
        return sources.find(store, plugin)
                .orElseThrow(() -> Problem.of(404, "No data source \"" + plugin + "\" is enabled for the store \"" + store + "\"."));
    }

    private SourceView view(Source source) {
        Job.State state = source.job() == null ? null : jobs.find(source.job()).map(Job::state).orElse(null);
        return new SourceView(source.plugin(), source.running(), source.lastRun(), source.job(), state, source.error(),
                source.feeds().stream().map(FeedView::of).toList());
    }
}
