package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataCleaning;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the cleaning rules of stores in the database, where snapshots find them. */
@Component(service = DataCleaning.class)
public final class StoreCleaning implements DataCleaning {

    private static final int EXAMPLES = 5;

    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final Intake intake;

    /**
     * Made by Declarative Services.
     *
     * @param database has the records and the rules
     * @param stores all stores
     * @param memory is told that what was summed up is old
     * @param intake has the latest transactions
     */
    @Activate
    public StoreCleaning(@Reference Database database, @Reference Stores stores, @Reference Memory memory, @Reference Intake intake) {
        this.database = database;
        this.stores = stores;
        this.memory = memory;
        this.intake = intake;
    }

    @Override
    public List<String> columns(Entity entity) {
        return Records.of(entity).columns().stream().map(Column::name).toList();
    }

    @Override
    public List<Rule> rules(String store, Entity entity) {
        return database.jdbc(connection -> CleaningRules.read(connection, store, entity));
    }

    @Override
    public void put(String store, Entity entity, List<Rule> rules) {
        if (stores.find(store).isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "The store was deleted.");
        }
        CleaningRules.check(entity, rules);
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from data_cleaning where store = ? and entity = ?")) {
                delete.setString(1, store);
                delete.setString(2, entity.path());
                delete.executeUpdate();
            }
            if (!rules.isEmpty()) {
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into data_cleaning (store, entity, rules) values (?, ?, ?)")) {
                    insert.setString(1, store);
                    insert.setString(2, entity.path());
                    insert.setString(3, CleaningRules.write(rules));
                    insert.executeUpdate();
                }
            }
            return null;
        });
        memory.cleanedOtherwise(store);
    }

    @Override
    public List<Effect> preview(String store, Entity entity, List<Rule> rules) {
        CleaningRules.check(entity, rules);
        intake.settle();
        return database.jdbc(connection -> {
            List<Effect> effects = new ArrayList<>();
            for (CleaningRules.Applied applied : CleaningRules.apply(connection, store, entity, rules, null)) {
                effects.add(effect(connection, store, Records.of(entity), applied));
            }
            return effects;
        });
    }

    /** What all rules of a store do, in words. */
    static List<String> told(Connection connection, String store) throws SQLException {
        List<String> told = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            List<Rule> rules = CleaningRules.read(connection, store, entity);
            for (CleaningRules.Applied applied : CleaningRules.apply(connection, store, entity, rules, null)) {
                Effect effect = effect(connection, store, Records.of(entity), applied);
                if (effect.rows() > 0) {
                    told.add("Cleaned " + entity.path() + ": the rule for " + applied.column().name() + " ("
                            + applied.rule().action().name().toLowerCase(Locale.ROOT) + ") changes " + effect.rows() + " of " + effect.of()
                            + " rows.");
                }
            }
        }
        return told;
    }

    private static Effect effect(Connection connection, String store, Records records, CleaningRules.Applied applied) throws SQLException {
        long rows;
        long of;
        try (PreparedStatement select = connection.prepareStatement("select sum(case when " + applied.touches()
                + " then 1 else 0 end), count(*) from " + records.table() + " where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                rows = row.getLong(1);
                of = row.getLong(2);
            }
        }
        List<Map<String, Object>> examples = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select id, " + applied.column().sql() + ", " + applied.expression()
                + " from " + records.table() + " where store = ? and " + applied.touches() + " limit " + EXAMPLES)) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> example = new LinkedHashMap<>();
                    example.put("id", row.getString(1));
                    example.put(applied.column().name(), row.getObject(2));
                    if (applied.rule().action() == Action.CAP || applied.fill() != null) {
                        example.put("becomes", row.getObject(3));
                    }
                    examples.add(example);
                }
            }
        }
        return new Effect(applied.rule(), rows, of, applied.low(), applied.high(), applied.shown(), examples);
    }
}
