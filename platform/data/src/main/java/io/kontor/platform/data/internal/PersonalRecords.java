package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.privacy.Person;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Gives a person's records out and has them erased. The job knows the person only by a number, which leads to the id as long as the erasure
 * is open, so that the history of jobs remembers nobody.
 */
@Component
public final class PersonalRecords implements Customers {

    private static final long MILLIS_A_DAY = 86_400_000L;

    private final Database database;
    private final Jobs jobs;
    private final Intake intake;
    private final List<PersonalData> others;
    private final PersonHandlers plugins;
    private final Pseudonyms pseudonyms;

    /** An erasure that is open. */
    record Erasure(String id, String store, String customer, String job) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database has the records
     * @param jobs do the erasing
     * @param intake has the latest transactions
     * @param others what else is about persons
     * @param plugins what plugins keep of persons
     * @param pseudonyms what plugins call the customers
     */
    @Activate
    public PersonalRecords(@Reference Database database, @Reference Jobs jobs, @Reference Intake intake,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<PersonalData> others, @Reference PersonHandlers plugins,
            @Reference Pseudonyms pseudonyms) {
        this.plugins = plugins;
        this.pseudonyms = pseudonyms;
        this.database = database;
        this.jobs = jobs;
        this.intake = intake;
        this.others = others;
    }

    @Override
    public synchronized String erase(String store, String customer, Starter by) {
        Optional<String> open = database.jdbc(connection -> find(connection, "store = ? and customer_id = ?", store, customer))
                .map(Erasure::job).filter(job -> jobs.find(job).map(known -> !known.state().ended()).orElse(false));
        if (open.isPresent()) {
            return open.get();
        }
        String id = UUID.randomUUID().toString();
        database.jdbc(connection -> {
            execute(connection, "delete from erasure where store = ? and customer_id = ?", store, customer);
            return execute(connection, "insert into erasure (id, store, customer_id) values (?, ?, ?)", id, store, customer);
        });
        String job = jobs.submit(new JobRequest(ERASE_JOB, store, null, Map.of("erasure", id), "import:" + store, by));
        database.jdbc(connection -> execute(connection, "update erasure set job = ? where id = ?", job, id));
        return job;
    }

    @Override
    public Copy export(String store, String customer) {
        intake.settle();
        Map<String, List<Map<String, Object>>> all = records(store, customer);
        List<Missing> missing = new ArrayList<>();
        plugins.export(store, new Person(customer, pseudonyms.of(store, customer))).forEach((plugin, said) -> {
            if (said.value() == null) {
                missing.add(new Missing(plugin, said.failure()));
            } else if (!said.value().isEmpty()) {
                all.put(plugin, said.value());
            }
        });
        return new Copy(all, missing);
    }

    private Map<String, List<Map<String, Object>>> records(String store, String customer) {
        return database.jdbc(connection -> {
            Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>();
            for (Entity entity : Entity.values()) {
                Records records = Records.of(entity);
                List<Map<String, Object>> rows = records.customer() < 0 ? List.of() : read(connection, records, store, customer);
                if (!rows.isEmpty()) {
                    all.put(entity.path(), rows);
                }
            }
            for (PersonalData other : others) {
                List<Map<String, Object>> rows = other.export(connection, store, customer);
                if (!rows.isEmpty()) {
                    all.put(other.name(), rows);
                }
            }
            return all;
        });
    }

    private static List<Map<String, Object>> read(Connection connection, Records records, String store, String customer) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> names = records.columns().stream().map(Column::sql).toList();
        try (PreparedStatement select = connection.prepareStatement("select " + String.join(", ", names)
                + (records.attributes() ? ", attributes" : "") + " from " + records.table() + " where store = ? and " + column(records)
                + " = ? order by " + (records.clock() < 0 ? "digest" : "time, digest"))) {
            select.setString(1, store);
            select.setString(2, customer);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(record(records, row));
                }
            }
        }
        return rows;
    }

    static Map<String, Object> record(Records records, ResultSet row) throws SQLException {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < records.columns().size(); i++) {
            Column column = records.columns().get(i);
            Object value = switch (column.kind()) {
                case ID, TEXT -> row.getString(i + 1);
                case NUMBER -> row.getDouble(i + 1);
                case FLAG -> row.getInt(i + 1) != 0;
                case TIME -> Instant.ofEpochMilli(row.getLong(i + 1)).toString();
                case DATE -> LocalDate.ofEpochDay(Math.floorDiv(row.getLong(i + 1), MILLIS_A_DAY)).toString();
            };
            if (!row.wasNull()) {
                record.put(column.name(), value);
            }
        }
        if (records.attributes()) {
            Attributes.read(row.getString(records.columns().size() + 1)).forEach((name, value) -> record.put(Attributes.PREFIX + name, value));
        }
        return record;
    }

    static String column(Records records) {
        return records.columns().get(records.customer()).sql();
    }

    static Optional<Erasure> find(Connection connection, String condition, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, store, customer_id, job from erasure where " + condition)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Erasure(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        }
    }

    static int execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
