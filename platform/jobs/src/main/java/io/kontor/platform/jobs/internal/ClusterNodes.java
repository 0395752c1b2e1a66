package io.kontor.platform.jobs.internal;

import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Which processes that run jobs are alive, in the table {@code job_node}. Only the database's clock is looked at. An H2 file belongs to one
 * process, so there nobody else is alive and nothing is written.
 */
final class ClusterNodes {

    /** A node that has not reported for so long is dead; it reports each second. */
    static final Duration SILENCE = Duration.ofSeconds(8);

    private final Database database;
    private final String node;
    private final Duration silence;

    ClusterNodes(Database database, String node, Duration silence) {
        this.database = database;
        this.node = node;
        this.silence = silence;
    }

    boolean alone() {
        return database.kind() == Database.Kind.H2;
    }

    /** Reports this node and finds out about the others. */
    Set<String> reportAndFindAlive() {
        return alone() ? Set.of(node) : database.jdbc(connection -> {
            if (update(connection, "update job_node set seen_at = current_timestamp where id = ?") == 0) {
                update(connection, "insert into job_node (id, seen_at) values (?, current_timestamp)");
            }
            Set<String> alive = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from job_node where seen_at > current_timestamp - interval '"
                            + silence.toSeconds() + "' second")) {
                while (rows.next()) {
                    alive.add(rows.getString(1));
                }
            }
            return alive;
        });
    }

    /** Takes this node out, and those that died long ago. */
    void leave() {
        if (!alone()) {
            database.jdbc(connection -> update(connection,
                    "delete from job_node where id = ? or seen_at < current_timestamp - interval '1' day"));
        }
    }

    private int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            return statement.executeUpdate();
        }
    }
}
