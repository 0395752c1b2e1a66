package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.FormRefusedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code risk_rule}. */
final class RuleTable {

    private static final TypeReference<RuleForm> FORM = new TypeReference<>() {
    };

    private RuleTable() {
    }

    static List<RiskRule> list(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, content from risk_rule where store = ? order by id")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                List<RiskRule> rules = new ArrayList<>();
                while (row.next()) {
                    rules.add(rule(row.getString(1), row.getString(2)));
                }
                return rules;
            }
        }
    }

    private static RiskRule rule(String id, String content) {
        try {
            return LogJson.read(content, FORM).rule(id);
        } catch (FormRefusedException e) {
            throw new IllegalStateException("the database holds a rule that is none: " + id, e);
        }
    }

    static void put(Connection connection, String store, RiskRule rule) throws SQLException {
        String content = LogJson.write(RuleForm.of(rule));
        try (PreparedStatement update = connection.prepareStatement("update risk_rule set content = ? where store = ? and id = ?")) {
            update.setString(1, content);
            update.setString(2, store);
            update.setString(3, rule.id());
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into risk_rule (store, id, content) values (?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, rule.id());
            insert.setString(3, content);
            insert.executeUpdate();
        }
    }

    static boolean delete(Connection connection, String store, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from risk_rule where store = ? and id = ?")) {
            delete.setString(1, store);
            delete.setString(2, id);
            return delete.executeUpdate() > 0;
        }
    }

    static void deleteAll(Connection connection, String store) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from risk_rule where store = ?")) {
            delete.setString(1, store);
            delete.executeUpdate();
        }
    }
}
