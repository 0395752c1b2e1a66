package io.kontor.platform.admin.internal.sources;

import io.kontor.api.KontorException;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.jobs.JobLine;
import io.kontor.platform.admin.internal.jobs.JobWords;
import io.kontor.platform.admin.internal.schedules.SchedulePages;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.data.Sources;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.security.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where a store's records come from: what each source reads, how far, what came of it, and a look before it is read. */
@Component(service = Pages.class)
public final class SourcePages implements Pages {

    private static final int SHOWN_JOBS = 8;
    private static final int LOOKED_AT_JOBS = 200;

    private final Sources sources;
    private final Jobs jobs;
    private final JobWords words;
    private final Schedules schedules;
    private final PluginCatalogue catalogue;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param sources the sources
     * @param jobs read them
     * @param words says what jobs are about
     * @param schedules say when they are read
     * @param catalogue knows which plugins are sources
     * @param names what plugins are called
     */
    @Activate
    public SourcePages(@Reference Sources sources, @Reference Jobs jobs, @Reference JobWords words, @Reference Schedules schedules,
            @Reference PluginCatalogue catalogue, @Reference Names names) {
        this.sources = sources;
        this.jobs = jobs;
        this.words = words;
        this.schedules = schedules;
        this.catalogue = catalogue;
        this.names = names;
    }

    /**
     * The sources of a store.
     *
     * @param sources those that are enabled
     * @param others those that could be
     */
    public record SourceList(List<Line> sources, List<PluginDescriptor> others) {
    }

    /**
     * A source in words.
     *
     * @param source the source
     * @param title what it is called
     * @param schedule when it is read; null when only on demand
     * @param last the job that read it last; null before
     */
    public record Line(Sources.Source source, String title, SchedulePages.Line schedule, JobLine last) {
    }

    /**
     * One source.
     *
     * @param line the source
     * @param history the latest jobs that read it
     */
    public record SourceView(Line line, List<JobLine> history) {
    }

    /**
     * What a check has found.
     *
     * @param line the source
     * @param preview its first rows
     */
    public record PreviewView(Line line, Sources.Preview preview) {

        /**
         * The columns that a feed's rows have.
         *
         * @param feed the feed
         * @return in the order in which they appear
         */
        public static Set<String> columns(Sources.FeedPreview feed) {
            Set<String> columns = new LinkedHashSet<>();
            feed.rows().forEach(row -> columns.addAll(row.values().keySet()));
            return columns;
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/sources", Role.VIEWER, this::list),
                Route.get("/stores/{store}/sources/{plugin}", Role.VIEWER, this::show),
                Route.post("/stores/{store}/sources/{plugin}/check", Role.OPERATOR, this::check),
                Route.post("/stores/{store}/sources/{plugin}/run", Role.OPERATOR, this::run),
                Route.post("/stores/{store}/sources/{plugin}/forget", Role.OPERATOR, this::forget));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 15, visit.text("sources.title"),
                "/stores/" + visit.store().id() + "/sources", "plug", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        List<Line> lines = sources.list(visit.store().id()).stream().map(source -> line(visit, source)).toList();
        List<PluginDescriptor> others = catalogue.plugins(visit.locale()).stream().filter(plugin -> plugin.family().equals(Family.SOURCE))
                .filter(plugin -> lines.stream().noneMatch(line -> line.source.plugin().equals(plugin.id()))).toList();
        return Answer.html("sources/list", new SourceList(lines, others));
    }

    private Line line(Visit visit, Sources.Source source) {
        SchedulePages.Line schedule = schedules.list(visit.store().id(), visit.locale()).stream()
                .filter(one -> one.terms().plugin().equals(source.plugin()) && one.terms().task().equals(PluginTask.READ)).findFirst()
                .map(one -> SchedulePages.Line.of(visit, one)).orElse(null);
        JobLine last = source.job() == null ? null : jobs.find(source.job()).map(job -> words.line(visit, job)).orElse(null);
        return new Line(source, names.plugin(visit, source.plugin()), schedule, last);
    }

    private Sources.Source source(Visit visit) {
        return sources.find(visit.store().id(), visit.path("plugin")).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        Sources.Source source = source(visit);
        List<JobLine> history = jobs.list(visit.store().id(), null, null, LOOKED_AT_JOBS).stream()
                .filter(job -> job.type().equals(PluginTask.READ) && source.plugin().equals(job.plugin())).limit(SHOWN_JOBS)
                .map(job -> words.line(visit, job)).toList();
        return Answer.html("sources/source", new SourceView(line(visit, source), history));
    }

    private Answer check(Visit visit) {
        Sources.Source source = source(visit);
        try {
            return Answer.html("sources/preview", new PreviewView(line(visit, source), sources.check(visit.store().id(), source.plugin())));
        } catch (KontorException e) {
            throw new Refusal(409, e.getMessage());
        }
    }

    private Answer run(Visit visit) {
        String job = sources.run(visit.store().id(), source(visit).plugin(), visit.starter());
        return Answer.to("/stores/" + visit.store().id() + "/jobs/" + job);
    }

    private Answer forget(Visit visit) {
        Sources.Source source = source(visit);
        if (!sources.forget(visit.store().id(), source.plugin())) {
            throw new Refusal(409, visit.text("sources.busy"));
        }
        return Answer.to("/stores/" + visit.store().id() + "/sources/" + source.plugin());
    }

    /**
     * Whether a job still runs, so that the page looks again.
     *
     * @param line a job; null for none
     * @return true when it has not ended
     */
    public static boolean live(JobLine line) {
        return line != null && !line.job().state().ended() && line.job().state() != Job.State.QUEUED;
    }
}
