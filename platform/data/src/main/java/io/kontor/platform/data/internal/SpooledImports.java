package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.Imports;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes received files to the spool, looks at their header and submits the import. Files that no job will read any more are removed. */
@Component
public final class SpooledImports implements Imports {

    private final Jobs jobs;
    private final Ledger ledger;
    private final Spool spool;
    private final ImportQueue queue;

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.data} names the data folder
     * @param database where the ledger is
     * @param jobs take the imports
     */
    @Activate
    public SpooledImports(BundleContext context, @Reference Database database, @Reference Jobs jobs) {
        this(Path.of(context.getProperty("kontor.data")), database, jobs, Clock.systemUTC());
    }

    SpooledImports(Path data, Database database, Jobs jobs, Clock clock) {
        this.jobs = jobs;
        this.ledger = new Ledger(database);
        this.spool = new Spool(folder(data));
        this.queue = new ImportQueue(jobs, ledger, spool, clock);
        removeLeftovers();
    }

    static Path folder(Path data) {
        return data.resolve("imports");
    }

    @Override
    public String submit(String store, Entity entity, Format format, boolean gzip, Map<String, String> mapping, boolean dryRun,
            InputStream body, Starter by) throws IOException {
        removeLeftovers();
        String file = UUID.randomUUID().toString();
        spool.receive(file, body);
        return queue.submit(file, new ImportQueue.Order(store, entity, format, gzip, mapping, Set.of(), dryRun, by));
    }

    /** Removes files of imports that were cancelled or failed. */
    private void removeLeftovers() {
        ledger.unfinished().forEach((file, job) -> {
            if (job != null && jobs.find(job).map(Job::state).map(Job.State::ended).orElse(true)) {
                spool.remove(file);
                ledger.giveUp(file);
            }
        });
    }
}
