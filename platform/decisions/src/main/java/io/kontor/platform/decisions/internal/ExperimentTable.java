package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.platform.decisions.Experiment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code experiment}. */
final class ExperimentTable {

    private static final TypeReference<Experiment> EXPERIMENT = new TypeReference<>() {
    };

    private ExperimentTable() {
    }

    static List<Experiment> list(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select content from experiment where store = ? order by id")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                List<Experiment> experiments = new ArrayList<>();
                while (row.next()) {
                    experiments.add(LogJson.read(row.getString(1), EXPERIMENT));
                }
                return experiments;
            }
        }
    }

    static void put(Connection connection, String store, Experiment experiment) throws SQLException {
        String content = LogJson.write(experiment);
        try (PreparedStatement update = connection.prepareStatement("update experiment set content = ? where store = ? and id = ?")) {
            update.setString(1, content);
            update.setString(2, store);
            update.setString(3, experiment.id());
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into experiment (store, id, content) values (?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, experiment.id());
            insert.setString(3, content);
            insert.executeUpdate();
        }
    }

    static boolean delete(Connection connection, String store, String id) throws SQLException {
        execute(connection, "delete from experiment_unit where store = ? and experiment = ?", store, id);
        return execute(connection, "delete from experiment where store = ? and id = ?", store, id) > 0;
    }

    static void deleteAll(Connection connection, String store) throws SQLException {
        execute(connection, "delete from experiment_unit where store = ?", store);
        execute(connection, "delete from experiment where store = ?", store);
    }

    private static int execute(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
