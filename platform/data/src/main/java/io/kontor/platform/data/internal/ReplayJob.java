package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.data.QuarantineDesk.Outcome;
import io.kontor.platform.data.QuarantineDesk.Verdict;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replays the rows of an entity that are in quarantine, portion by portion, each in a transaction. Runs again after a break: rows that were
 * stored are no longer there.
 */
@Component(property = JobHandler.TYPE + "=" + QuarantineDesk.JOB)
public final class ReplayJob implements JobHandler {

    private static final int TOGETHER = 200;

    private final Stores stores;
    private final HeldRows held;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param stores tell time zones
     * @param memory is told what has changed
     * @param intake has the latest transactions
     */
    @Activate
    public ReplayJob(@Reference Database database, @Reference Stores stores, @Reference Memory memory, @Reference Intake intake) {
        this(database, stores, memory, intake, Clock.systemUTC());
    }

    ReplayJob(Database database, Stores stores, Memory memory, Intake intake, Clock clock) {
        this.stores = stores;
        this.held = new HeldRows(database, memory, intake, clock);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        Map<String, Object> parameters = request.parameters();
        Store store = stores.find(request.store())
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        Correction correction = new Correction(Entity.of((String) parameters.get("entity")).orElseThrow(), (String) parameters.get("reason"),
                (Map<String, String>) parameters.get("fields"), (Map<String, Map<String, String>>) parameters.get("replace"));
        Ledger.Account account = held.open();
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        long read = 0;
        List<Long> next = held.behind(store.id(), correction.entity(), correction.reason(), -1, TOGETHER);
        while (!next.isEmpty()) {
            context.checkCancelled();
            List<Outcome> outcomes = held.replay(store, next, correction, account);
            outcomes.forEach(outcome -> counts.merge(outcome.verdict(), 1L, Long::sum));
            read += outcomes.size();
            context.progress(0.5, read + " rows read");
            next = held.behind(store.id(), correction.entity(), correction.reason(), next.get(next.size() - 1), TOGETHER);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("entity", correction.entity().path());
        result.put("read", read);
        result.put("stored", counts.getOrDefault(Verdict.STORED, 0L));
        result.put("duplicates", counts.getOrDefault(Verdict.DUPLICATE, 0L));
        result.put("quarantined", counts.getOrDefault(Verdict.QUARANTINED, 0L));
        context.progress(1, read + " rows: " + result.get("stored") + " stored, " + result.get("duplicates") + " duplicates, "
                + result.get("quarantined") + " quarantined");
        return result;
    }
}
