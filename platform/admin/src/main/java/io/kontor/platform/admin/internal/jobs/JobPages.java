package io.kontor.platform.admin.internal.jobs;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.security.Role;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Work in the background: what runs, what ran, and what came of it. Pages ask for themselves again while something runs. */
@Component(service = Pages.class)
public final class JobPages implements Pages {

    private static final int A_PAGE = 25;

    private final Jobs jobs;
    private final JobWords words;

    /**
     * Made by Declarative Services.
     *
     * @param jobs the jobs
     * @param words say what they are about
     */
    @Activate
    public JobPages(@Reference Jobs jobs, @Reference JobWords words) {
        this.jobs = jobs;
        this.words = words;
    }

    /**
     * A page of jobs, the latest first.
     *
     * @param lines the jobs
     * @param state the only state shown; null for all
     * @param before the job behind which the page begins; empty for the latest
     * @param more the job behind which the next page begins; empty on the last one
     * @param address of the list without its query
     */
    public record JobList(List<JobLine> lines, Job.State state, String before, String more, String address) {

        /** Whether something may change by itself. */
        public boolean live() {
            return lines.stream().anyMatch(line -> !line.job().state().ended());
        }

        /** The address of this page of the list. */
        public String here() {
            return address + "?state=" + (state == null ? "" : state.name()) + "&before=" + before;
        }
    }

    /**
     * One job.
     *
     * @param line the job in words
     * @param log its lines, oldest first
     * @param outcome what came of it; null before it has ended well
     * @param address of its page
     */
    public record JobView(JobLine line, List<LogLine> log, Outcome outcome, String address) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/jobs", Role.VIEWER, this::list),
                Route.get("/stores/{store}/jobs/{job}", Role.VIEWER, this::show),
                Route.post("/stores/{store}/jobs/{job}/cancel", Role.OPERATOR, this::cancel),
                Route.get("/jobs", Role.VIEWER, this::list),
                Route.get("/jobs/{job}", Role.VIEWER, this::showAny),
                Route.post("/jobs/{job}/cancel", Role.OPERATOR, this::cancel));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        NavEntry all = new NavEntry(NavEntry.Group.INSTALLATION, 40, visit.text("jobs.all"), "/jobs", "job", Role.VIEWER);
        return visit.store() == null ? List.of(all) : List.of(all, new NavEntry(NavEntry.Group.OPERATION, 20, visit.text("jobs.title"),
                "/stores/" + visit.store().id() + "/jobs", "job", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        String wanted = visit.field("state");
        Job.State state = Arrays.stream(Job.State.values()).filter(each -> each.name().equalsIgnoreCase(wanted)).findFirst().orElse(null);
        String before = visit.field("before");
        String store = visit.store() == null ? null : visit.store().id();
        List<Job> found = jobs.list(store, state, before.isEmpty() ? null : before, A_PAGE + 1);
        List<Job> shown = found.subList(0, Math.min(A_PAGE, found.size()));
        String address = store == null ? visit.url("jobs") : visit.storeUrl("jobs");
        JobList view = new JobList(shown.stream().map(job -> words.line(visit, job)).toList(), state, before,
                found.size() > A_PAGE ? found.get(A_PAGE - 1).id() : "", address);
        return Answer.html(visit.partial() ? "jobs/table" : "jobs/list", view);
    }

    private Job job(Visit visit) {
        return jobs.find(visit.path("job")).filter(job -> visit.store() == null || visit.store().id().equals(job.store()))
                .orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        Job job = job(visit);
        List<LogLine> log = LogLine.of(visit, jobs.log(job.id()));
        String address = visit.store() == null ? visit.url("jobs", job.id()) : visit.storeUrl("jobs", job.id());
        JobView view = new JobView(words.line(visit, job), log, job.state() == Job.State.SUCCEEDED ? Outcome.of(visit, job) : null,
                address);
        return Answer.html(visit.partial() ? "jobs/live" : "jobs/job", view);
    }

    /** A job of a store is shown among the pages of the store, as long as there is such a store. */
    private Answer showAny(Visit visit) {
        Job job = job(visit);
        boolean ofStore = visit.stores().stream().anyMatch(store -> store.id().equals(job.store()));
        return ofStore ? Answer.to("/stores/" + job.store() + "/jobs/" + job.id()) : show(visit);
    }

    private Answer cancel(Visit visit) {
        Job job = job(visit);
        if (!jobs.cancel(job.id())) {
            throw new Refusal(409, visit.text("jobs.ended-already"));
        }
        return Answer.to((visit.store() == null ? "/jobs/" : "/stores/" + visit.store().id() + "/jobs/") + job.id());
    }
}
