package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.store.Store;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Corrects rows in quarantine: one at once, many by a job. */
@Component(service = QuarantineDesk.class)
public final class StoreQuarantine implements QuarantineDesk {

    private final Stores stores;
    private final Jobs jobs;
    private final HeldRows held;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param stores tell time zones
     * @param memory is told what has changed
     * @param intake has the latest transactions
     * @param jobs replay many rows
     */
    @Activate
    public StoreQuarantine(@Reference Database database, @Reference Stores stores, @Reference Memory memory, @Reference Intake intake,
            @Reference Jobs jobs) {
        this(database, stores, memory, intake, jobs, Clock.systemUTC());
    }

    StoreQuarantine(Database database, Stores stores, Memory memory, Intake intake, Jobs jobs, Clock clock) {
        this.stores = stores;
        this.jobs = jobs;
        this.held = new HeldRows(database, memory, intake, clock);
    }

    @Override
    public Optional<Held> find(String store, long id) {
        return held.find(store, id).map(found -> new Held(found.row(), found.fields(), Records.of(found.row().entity()).columns().stream()
                .map(column -> new Field(column.name(), column.required())).toList()));
    }

    @Override
    public Optional<Outcome> replay(String store, long id, Map<String, String> fields) {
        Store known = stores.find(store).orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted."));
        Optional<HeldRows.Held> row = held.find(store, id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> set = new HashMap<>(fields);
        // A field that such rows cannot have may be taken away, for that is what is wrong with them.
        set.values().removeIf(value -> value == null);
        HeldRows.check(row.get().row().entity(), set.keySet());
        return held.replay(known, List.of(id), new Correction(row.get().row().entity(), null, fields, Map.of()), held.open()).stream()
                .findFirst();
    }

    @Override
    public String replayAll(String store, Correction correction, Starter by) {
        Map<String, String> set = new HashMap<>(correction.fields());
        set.values().removeIf(value -> value == null);
        HeldRows.check(correction.entity(), set.keySet());
        HeldRows.check(correction.entity(), correction.replace().keySet());
        Map<String, Object> parameters = new HashMap<>(Map.of("entity", correction.entity().path(), "fields", correction.fields(), "replace",
                correction.replace()));
        if (correction.reason() != null) {
            parameters.put("reason", correction.reason());
        }
        return jobs.submit(new JobRequest(JOB, store, null, parameters, JOB + " " + store, by));
    }

    @Override
    public boolean dismiss(String store, long id) {
        return held.dismiss(store, id);
    }
}
