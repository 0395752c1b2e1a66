package io.kontor.platform.data.internal;

import static io.kontor.platform.data.internal.PersonalRecords.execute;

import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Erasures that plugins have not taken part in yet. Several nodes may look for them; one of them tries each. */
final class OpenErasures {

    /** Where a job's result tells of the plugins. */
    static final String PLUGINS = "plugins";
    /** Where that tells how far one is. */
    static final String STATE = "state";
    /** That a plugin is to be asked again. */
    static final String WAITING = "waiting";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);
    private static final int DOUBLED = 20;
    private static final int TOGETHER = 100;

    private final Database database;

    /** A plugin's part of an erasure. */
    record Part(PersonalRecords.Erasure erasure, String plugin, int attempts) {
    }

    OpenErasures(Database database) {
        this.database = database;
    }

    /** How far a plugin is, as the job's result tells it. */
    static Map<String, Object> told(String plugin, int attempts, PersonHandlers.Said<Long> said) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("plugin", plugin);
        told.put(STATE, said.value() == null ? WAITING : "erased");
        told.put("attempts", attempts);
        if (said.value() == null) {
            told.put("reason", said.failure());
        } else {
            told.put("erased", said.value());
        }
        return told;
    }

    /** Notes after the first attempt which plugins are still to be asked; with none the erasure is done. */
    void records(String erasure, List<String> waiting) {
        long next = System.currentTimeMillis() + FIRST_PAUSE.toMillis();
        database.jdbc(connection -> {
            execute(connection, "delete from erasure_plugin where erasure = ?", erasure);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into erasure_plugin (erasure, plugin, attempts, next_try) values (?, ?, 1, ?)")) {
                for (String plugin : waiting) {
                    insert.setString(1, erasure);
                    insert.setString(2, plugin);
                    insert.setLong(3, next);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return waiting.isEmpty() ? execute(connection, "delete from erasure where id = ?", erasure) : 0;
        });
    }

    /** Takes what is due, for this node; the next attempt is noted at once, for the case that this one does not come to its end. */
    List<Part> take(long now) {
        return database.jdbc(connection -> {
            List<Part> due = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select e.id, e.store, e.customer_id, e.job, p.plugin, p.attempts "
                    + "from erasure_plugin p join erasure e on e.id = p.erasure where p.next_try <= ? order by p.next_try limit " + TOGETHER)) {
                select.setLong(1, now);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        due.add(new Part(new PersonalRecords.Erasure(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                                row.getString(5), row.getInt(6)));
                    }
                }
            }
            List<Part> taken = new ArrayList<>();
            try (PreparedStatement update = connection.prepareStatement("update erasure_plugin set attempts = attempts + 1, next_try = ? "
                    + "where erasure = ? and plugin = ? and attempts = ?")) {
                for (Part part : due) {
                    update.setLong(1, now + pause(part.attempts).toMillis());
                    update.setString(2, part.erasure.id());
                    update.setString(3, part.plugin);
                    update.setInt(4, part.attempts);
                    if (update.executeUpdate() == 1) {
                        taken.add(new Part(part.erasure, part.plugin, part.attempts + 1));
                    }
                }
            }
            return taken;
        });
    }

    private static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, DOUBLED));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Notes that a plugin's part is done; with the last of them the person's id goes. */
    void done(Part part) {
        database.jdbc(connection -> {
            execute(connection, "delete from erasure_plugin where erasure = ? and plugin = ?", part.erasure.id(), part.plugin);
            return execute(connection, "delete from erasure where id = ? and not exists (select 1 from erasure_plugin where erasure = ?)",
                    part.erasure.id(), part.erasure.id());
        });
    }
}
