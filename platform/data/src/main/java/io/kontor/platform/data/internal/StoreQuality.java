package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataQuality;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks through small stores at once and through large ones by a job. */
@Component(service = DataQuality.class)
public final class StoreQuality implements DataQuality {

    private static final long AT_ONCE = 100_000;
    private static final Duration REST = Duration.ofMinutes(15);

    private final Database database;
    private final Stores stores;
    private final Jobs jobs;
    private final Intake intake;
    private final Clock clock;
    private final QualityTable table;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param stores tell time zones
     * @param jobs look through large stores
     * @param intake has the latest transactions
     */
    @Activate
    public StoreQuality(@Reference Database database, @Reference Stores stores, @Reference Jobs jobs, @Reference Intake intake) {
        this(database, stores, jobs, intake, Clock.systemUTC());
    }

    StoreQuality(Database database, Stores stores, Jobs jobs, Intake intake, Clock clock) {
        this.database = database;
        this.stores = stores;
        this.jobs = jobs;
        this.intake = intake;
        this.clock = clock;
        this.table = new QualityTable(database, clock);
    }

    @Override
    public Report report(String store) {
        Store known = stores.find(store).orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        intake.settle();
        QualityTable.Kept kept = table.read(store);
        Optional<String> working = working(kept.job());
        if (kept.current() || working.isPresent()) {
            return new Report(kept.computed(), kept.current(), working.orElse(null), kept.findings());
        }
        long rows = database.jdbc(connection -> Extents.read(connection, store)).stream().mapToLong(extent -> extent.rows()).sum();
        if (rows <= AT_ONCE) {
            List<Finding> found = table.look(known, JobContext.unwatched());
            return new Report(clock.instant(), true, null, found);
        }
        boolean rested = kept.computed() == null || kept.computed().plus(REST).isBefore(clock.instant());
        return new Report(kept.computed(), false, rested ? start(store, Starter.SYSTEM) : null, kept.findings());
    }

    @Override
    public String start(String store, Starter by) {
        Optional<String> working = working(table.read(store).job());
        if (working.isPresent()) {
            return working.get();
        }
        String job = jobs.submit(new JobRequest(JOB, store, null, Map.of(), JOB + " " + store, by));
        table.submitted(store, job);
        return job;
    }

    private Optional<String> working(String job) {
        return Optional.ofNullable(job).flatMap(jobs::find).filter(known -> known.state() == Job.State.QUEUED
                || known.state() == Job.State.RUNNING).map(Job::id);
    }
}
