package io.kontor.platform.monitoring.internal;

import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.monitoring.Problem.Cause;
import io.kontor.platform.monitoring.Problem.State;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code monitoring_problem}. Two nodes that find the same at once open one problem: the column current makes it unique. */
final class ProblemTable {

    private static final String CURRENT = "now";
    private static final int LONGEST_NOTE = 2_000;
    private static final String SELECT = "select id, store, plugin, model, number, kind, what, figures, state, opened_at, seen_at, closed_at, "
            + "closed_by, who, note from monitoring_problem where store = ?";
    private static final String CLOSE = "update monitoring_problem set state = 'CLOSED', current = cast(id as varchar(36)), closed_at = ?, "
            + "closed_by = ? where store = ? and plugin = ? and current = '" + CURRENT + "'";

    private final Database database;

    ProblemTable(Database database) {
        this.database = database;
    }

    /**
     * Brings the problems of a plugin up to a look.
     *
     * @return how many were opened
     */
    static int follow(Connection connection, String store, String plugin, Look look) throws SQLException {
        closeOthers(connection, store, plugin, look.model(), look.at());
        int opened = 0;
        for (Finding finding : look.findings()) {
            switch (finding.state()) {
                case PROBLEM -> opened += seen(connection, store, plugin, look, finding);
                case WELL, CHANGED -> {
                    try (PreparedStatement close = connection.prepareStatement(CLOSE + " and kind = ? and what = ?")) {
                        close.setTimestamp(1, Timestamp.from(look.at()));
                        close.setString(2, Cause.GONE.name());
                        close.setString(3, store);
                        close.setString(4, plugin);
                        close.setString(5, finding.kind().name());
                        close.setString(6, finding.what());
                        close.executeUpdate();
                    }
                }
                default -> {
                    // nothing is known of it now, so it stays as it was
                }
            }
        }
        return opened;
    }

    private static int seen(Connection connection, String store, String plugin, Look look, Finding finding) throws SQLException {
        String figures = MonitoringJson.write(finding.figures());
        try (PreparedStatement update = connection.prepareStatement("update monitoring_problem set figures = ?, seen_at = ? where store = ? "
                + "and plugin = ? and kind = ? and what = ? and current = '" + CURRENT + "'")) {
            update.setString(1, figures);
            update.setTimestamp(2, Timestamp.from(look.at()));
            update.setString(3, store);
            update.setString(4, plugin);
            update.setString(5, finding.kind().name());
            update.setString(6, finding.what());
            if (update.executeUpdate() > 0) {
                return 0;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into monitoring_problem (store, plugin, model, number, kind, what, "
                + "figures, state, current, opened_at, seen_at) values (?, ?, ?, ?, ?, ?, ?, 'OPEN', '" + CURRENT + "', ?, ?) "
                + "on conflict do nothing")) {
            insert.setString(1, store);
            insert.setString(2, plugin);
            insert.setString(3, look.model());
            insert.setInt(4, look.number());
            insert.setString(5, finding.kind().name());
            insert.setString(6, finding.what());
            insert.setString(7, figures);
            insert.setTimestamp(8, Timestamp.from(look.at()));
            insert.setTimestamp(9, Timestamp.from(look.at()));
            return insert.executeUpdate();
        }
    }

    /** Closes the problems of models that are not the champion any more. */
    static void closeOthers(Connection connection, String store, String plugin, String champion, Instant at) throws SQLException {
        try (PreparedStatement close = connection.prepareStatement(CLOSE + " and model <> ?")) {
            close.setTimestamp(1, Timestamp.from(at));
            close.setString(2, Cause.NEW_MODEL.name());
            close.setString(3, store);
            close.setString(4, plugin);
            close.setString(5, champion);
            close.executeUpdate();
        }
    }

    /** A model that has problems which are not closed. */
    record Troubled(String store, String plugin, String model, Finding.Kind kind, long count) {
    }

    List<Troubled> troubled() {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select store, plugin, model, kind, count(*) from monitoring_problem "
                    + "where state <> 'CLOSED' group by store, plugin, model, kind"); ResultSet rows = select.executeQuery()) {
                List<Troubled> troubled = new ArrayList<>();
                while (rows.next()) {
                    troubled.add(new Troubled(rows.getString(1), rows.getString(2), rows.getString(3), Finding.Kind.valueOf(rows.getString(4)),
                            rows.getLong(5)));
                }
                return troubled;
            }
        });
    }

    List<Problem> list(String store, String plugin, Boolean closed, long before, int limit) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + " and id < ?" + (plugin == null ? "" : " and plugin = ?")
                    + (closed == null ? "" : closed ? " and state = 'CLOSED'" : " and state <> 'CLOSED'") + " order by id desc limit ?")) {
                select.setString(1, store);
                select.setLong(2, before);
                int next = 3;
                if (plugin != null) {
                    select.setString(next++, plugin);
                }
                select.setInt(next, limit);
                return read(select);
            }
        });
    }

    Optional<Problem> acknowledge(String store, long id, String who, String note) {
        return database.jdbc(connection -> {
            try (PreparedStatement update = connection.prepareStatement("update monitoring_problem set state = 'ACKNOWLEDGED', who = ?, "
                    + "note = ? where store = ? and id = ? and state <> 'CLOSED'")) {
                update.setString(1, who);
                update.setString(2, note.isEmpty() ? null : note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE - 1) + "…");
                update.setString(3, store);
                update.setLong(4, id);
                update.executeUpdate();
            }
            try (PreparedStatement select = connection.prepareStatement(SELECT + " and id = ?")) {
                select.setString(1, store);
                select.setLong(2, id);
                return read(select).stream().findFirst();
            }
        });
    }

    private static List<Problem> read(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            List<Problem> problems = new ArrayList<>();
            while (row.next()) {
                Timestamp closed = row.getTimestamp(12);
                problems.add(new Problem(row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5),
                        Finding.Kind.valueOf(row.getString(6)), row.getString(7), MonitoringJson.figures(row.getString(8)),
                        State.valueOf(row.getString(9)), row.getTimestamp(10).toInstant(), row.getTimestamp(11).toInstant(),
                        closed == null ? null : closed.toInstant(), closed == null ? null : Cause.valueOf(row.getString(13)),
                        row.getString(14), row.getString(15)));
            }
            return problems;
        }
    }
}
