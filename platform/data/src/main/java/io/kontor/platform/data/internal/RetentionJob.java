package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.AgedData;
import io.kontor.platform.data.Retention;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Removes what a store does not want to keep any longer, in portions, each with its count in one transaction. */
@Component(property = JobHandler.TYPE + "=" + Retention.JOB)
public final class RetentionJob implements JobHandler {

    private static final int REMOVED_TOGETHER = 10_000;

    private final Database database;
    private final Memory memory;
    private final Intake intake;
    private final List<AgedData> others;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param memory forgets what is removed
     * @param intake has the latest transactions
     * @param others what else has an age
     */
    @Activate
    public RetentionJob(@Reference Database database, @Reference Memory memory, @Reference Intake intake,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<AgedData> others) {
        this(database, memory, intake, others, Clock.systemUTC());
    }

    RetentionJob(Database database, Memory memory, Intake intake, List<AgedData> others, Clock clock) {
        this.database = database;
        this.memory = memory;
        this.intake = intake;
        this.others = others;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        String store = request.store();
        Map<String, Object> removed = new LinkedHashMap<>();
        intake.settle();
        new RetentionTable(database).days(store).forEach((name, days) -> {
            Instant before = clock.instant().minus(Duration.ofDays(days));
            int rows = Entity.of(name).map(entity -> remove(store, entity, before, context)).orElseGet(() -> others.stream()
                    .filter(other -> other.aged().equals(name))
                    .mapToInt(other -> all(context, () -> other.removeSome(store, before))).sum());
            context.log(name + ": " + rows + " rows from before " + before + " were removed");
            if (rows > 0) {
                removed.put(name, rows);
            }
        });
        context.progress(1, removed.isEmpty() ? "Nothing was too old." : "What was too old is removed.");
        return removed;
    }

    private static int all(JobContext context, IntSupplier some) {
        int all = 0;
        int removed = some.getAsInt();
        while (removed > 0) {
            all += removed;
            context.checkCancelled();
            removed = some.getAsInt();
        }
        return all;
    }

    private int remove(String store, Entity entity, Instant before, JobContext context) {
        Records records = Records.of(entity);
        String time = records.columns().get(records.clock()).sql();
        int rows = all(context, () -> some(store, entity, "delete from " + records.table() + " where store = ? and id in (select id from "
                + records.table() + " where store = ? and " + time + " < ? limit " + REMOVED_TOGETHER + ")", true, before));
        rows += all(context, () -> some(store, entity, "delete from quarantine where store = ? and id in (select id from quarantine where "
                + "store = ? and entity = '" + entity.path() + "' and time < ? limit " + REMOVED_TOGETHER + ")", false, before));
        if (rows > 0) {
            database.jdbc(connection -> {
                Extents.recount(connection, store, entity);
                return null;
            });
            memory.removed(store, entity);
        }
        return rows;
    }

    /** The count goes with the rows; only the first and the last moment are looked up at the end. */
    private int some(String store, Entity entity, String sql, boolean stored, Instant before) {
        return database.jdbc(connection -> {
            int removed = delete(connection, sql, store, before);
            if (removed > 0) {
                Extents.grow(connection, store, entity, new Extents.Growth().add(stored ? -removed : 0, stored ? 0 : -removed));
            }
            return removed;
        });
    }

    private static int delete(Connection connection, String sql, String store, Instant before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, store);
            statement.setString(2, store);
            statement.setLong(3, before.toEpochMilli());
            return statement.executeUpdate();
        }
    }
}
