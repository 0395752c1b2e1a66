package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataQuality;
import io.kontor.platform.data.DataQuality.Finding;
import io.kontor.platform.data.DataQuality.Severity;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks through a store's records. */
@Component(property = JobHandler.TYPE + "=" + DataQuality.JOB)
public final class QualityJob implements JobHandler {

    private final Stores stores;
    private final Intake intake;
    private final QualityTable table;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param stores tell time zones
     * @param intake has the latest transactions
     */
    @Activate
    public QualityJob(@Reference Database database, @Reference Stores stores, @Reference Intake intake) {
        this(database, stores, intake, Clock.systemUTC());
    }

    QualityJob(Database database, Stores stores, Intake intake, Clock clock) {
        this.stores = stores;
        this.intake = intake;
        this.table = new QualityTable(database, clock);
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        Store store = stores.find(request.store())
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        intake.settle();
        List<Finding> found = table.look(store, context);
        Map<String, Object> result = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            result.put(severity.name().toLowerCase(Locale.ROOT), found.stream().filter(finding -> finding.severity() == severity).count());
        }
        context.progress(1, found.isEmpty() ? "Nothing looks wrong." : found.size() + " findings");
        return result;
    }
}
