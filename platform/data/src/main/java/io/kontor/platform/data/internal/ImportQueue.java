package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.Imports;
import io.kontor.platform.data.Imports.Format;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Submits the imports of files that are in the spool. Safe for several threads. */
final class ImportQueue {

    private final Jobs jobs;
    private final Ledger ledger;
    private final Spool spool;
    private final Clock clock;

    /**
     * What is to be done with a file.
     *
     * @param store whose records they are
     * @param entity which records
     * @param format how they are written
     * @param gzip whether the bytes are compressed
     * @param mapping canonical column name to the file's own
     * @param leftOut the file's own names of columns that are not taken
     * @param dryRun whether to check only
     * @param by who imports
     */
    record Order(String store, Entity entity, Format format, boolean gzip, Map<String, String> mapping, Set<String> leftOut, boolean dryRun,
            Starter by) {
    }

    ImportQueue(Jobs jobs, Ledger ledger, Spool spool, Clock clock) {
        this.jobs = jobs;
        this.ledger = ledger;
        this.spool = spool;
        this.clock = clock;
    }

    /**
     * Looks at a file's header and submits its import, which removes the file in the end. The file is removed at once when it is not accepted.
     *
     * @return the id of the job
     */
    String submit(String file, Order order) throws IOException {
        boolean submitted = false;
        try {
            spool.open(file, Records.of(order.entity), order.format, order.gzip, order.mapping, order.leftOut).close();
            ledger.received(file, clock.millis());
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("file", file);
            parameters.put("entity", order.entity.path());
            parameters.put("format", order.format.name());
            parameters.put("gzip", order.gzip);
            parameters.put("mapping", Map.copyOf(order.mapping));
            parameters.put("leftOut", List.copyOf(order.leftOut));
            parameters.put("dryRun", order.dryRun);
            String job = jobs.submit(new JobRequest(Imports.JOB, order.store, null, parameters, "import:" + order.store, order.by));
            submitted = true;
            return job;
        } finally {
            if (!submitted) {
                spool.remove(file);
            }
        }
    }
}
