package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.api.source.DataSource;
import io.kontor.api.store.Store;
import io.kontor.platform.jobs.InstanceWork;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads a data source with the instance that serves the store, and remembers how that went. */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + PluginTask.READ)
public final class SourceJob implements JobHandler {

    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final SourceTable table;
    private final InstanceWork instances;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param database takes the rows
     * @param stores tell time zones
     * @param memory is told what has changed
     * @param active the running instances
     * @param activations tells whether one will come
     */
    @Activate
    public SourceJob(@Reference Database database, @Reference Stores stores, @Reference Memory memory, @Reference ActivePlugins active,
            @Reference Activations activations) {
        this(database, stores, memory, new InstanceWork(active, activations), Clock.systemUTC());
    }

    SourceJob(Database database, Stores stores, Memory memory, InstanceWork instances, Clock clock) {
        this.database = database;
        this.stores = stores;
        this.memory = memory;
        this.table = new SourceTable(database);
        this.instances = instances;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        SourceTable.Key key = new SourceTable.Key(request.store(), request.plugin());
        table.begin(key, job, clock.instant());
        try {
            Map<String, Object> result = instances.run(request, new InstanceWork.Part<>(DataSource.class, part -> true, "data source"),
                    context, (source, attempt) -> read(job, request, source, attempt));
            context.progress(1, result.get("read") + " rows: " + result.get("stored") + " stored, " + result.get("duplicates")
                    + " duplicates, " + result.get("quarantined") + " quarantined");
            table.end(key, job, clock.instant(), null);
            return result;
        } catch (CancellationException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            context.checkCancelled();
            table.end(key, job, clock.instant(), e instanceof KontorException ? e.getMessage()
                    : "The source failed unexpectedly; the server's log tells why.");
            throw e;
        }
    }

    private Map<String, Object> read(String job, JobRequest request, DataSource source, JobContext context) throws Exception {
        Store store = stores.find(request.store())
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        SourceRun run = new SourceRun(database, memory, store, request.plugin(), job, context, clock, source.feeds());
        try {
            source.read(run);
        } finally {
            run.logCounts();
        }
        if (!run.refused().isEmpty()) {
            int several = run.refused().size();
            throw new KontorException(KontorException.Kind.DATA, (several == 1 ? "A file was refused: " : several + " files were refused, the "
                    + "first: ") + run.refused().get(0));
        }
        return run.result();
    }
}
