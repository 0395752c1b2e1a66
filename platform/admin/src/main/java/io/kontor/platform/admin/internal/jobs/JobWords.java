package io.kontor.platform.admin.internal.jobs;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.stores.Stores;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says in words what jobs are about. */
@Component(service = JobWords.class)
public final class JobWords {

    /** What a job says before anything has happened to it. */
    private static final String QUEUED = "Queued";

    private final Names names;
    private final Stores stores;

    /**
     * Made by Declarative Services.
     *
     * @param names what plugins are called
     * @param stores the stores' names
     */
    @Activate
    public JobWords(@Reference Names names, @Reference Stores stores) {
        this.names = names;
        this.stores = stores;
    }

    /**
     * A job in words.
     *
     * @param visit the request
     * @param job the job
     * @return the same in the visitor's language
     */
    public JobLine line(Visit visit, Job job) {
        Optional<Store> store = Optional.ofNullable(job.store()).flatMap(stores::find);
        String href = store.map(found -> visit.url("stores", found.id(), "jobs", job.id())).orElseGet(() -> visit.url("jobs", job.id()));
        return new JobLine(job, visit.textOr("jobs.type." + job.type(), job.type()),
                job.plugin() == null ? "" : names.plugin(visit, job.plugin()),
                store.map(Store::name).orElse(job.store() == null ? "" : job.store()), starter(visit, job.startedBy()), says(visit, job), href);
    }

    /**
     * Who did something or had it done.
     *
     * @param visit the request
     * @param starter who; null when that was not noted
     * @return in the visitor's language; empty for null
     */
    public static String starter(Visit visit, Starter starter) {
        return starter == null ? "" : visit.text("jobs.starter." + starter.kind(), starter.name());
    }

    private static String says(Visit visit, Job job) {
        return switch (job.state()) {
            case QUEUED -> job.message().equals(QUEUED) ? visit.text("jobs.waits") : visit.said(job.message());
            case RUNNING -> visit.said(job.message());
            case SUCCEEDED -> Outcome.of(visit, job).summary();
            case FAILED -> visit.said(job.error());
            case CANCELLED -> visit.said(job.message());
        };
    }
}
