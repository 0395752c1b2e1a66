package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers how far each import has come, in the transactions that store its rows, so that a restart goes on where the last one ended. */
final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ISSUES = 100;

    private final Database database;

    Ledger(Database database) {
        this.database = database;
    }

    /** How far an import has come. For one thread. */
    static final class Account {

        private final int number;
        private long records;
        private long stored;
        private long duplicates;
        private long quarantined;
        private List<Map<String, Object>> issues = new ArrayList<>();
        private boolean finished;

        /**
         * An account of nothing yet.
         *
         * @param number of the import; 0 for a check
         */
        Account(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        long records() {
            return records;
        }

        boolean finished() {
            return finished;
        }

        long stored() {
            return stored;
        }

        long duplicates() {
            return duplicates;
        }

        long quarantined() {
            return quarantined;
        }

        void read() {
            records++;
        }

        /** The import need not be taken up again once this is saved. */
        void finish() {
            finished = true;
        }

        /** What this account has more than an earlier state of it. */
        Account since(Account before) {
            Account more = new Account(number);
            more.records = records - before.records;
            more.stored = stored - before.stored;
            more.duplicates = duplicates - before.duplicates;
            more.quarantined = quarantined - before.quarantined;
            more.issues.addAll(issues.subList(before.issues.size(), issues.size()));
            return more;
        }

        /** Takes over what another account has. */
        void become(Account other) {
            records = other.records;
            stored = other.stored;
            duplicates = other.duplicates;
            quarantined = other.quarantined;
            issues = new ArrayList<>(other.issues);
        }

        /** Adds what another account has. */
        void add(Account other) {
            records += other.records;
            stored += other.stored;
            duplicates += other.duplicates;
            quarantined += other.quarantined;
            other.issues.stream().limit(MOST_ISSUES - issues.size()).forEach(issues::add);
        }

        void count(RowStore.Outcome outcome) {
            stored += outcome.stored();
            duplicates += outcome.duplicates();
        }

        void putAside(long line, RowRefusedException refusal) {
            quarantined++;
            if (issues.size() < MOST_ISSUES) {
                issues.add(Map.of("line", line, "field", Texts.raw(refusal.field()), "reason", Texts.raw(refusal.getMessage())));
            }
        }

        Map<String, Object> result() {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("read", records);
            result.put("stored", stored);
            result.put("duplicates", duplicates);
            result.put("quarantined", quarantined);
            result.put("issues", issues);
            return result;
        }
    }

    /** Notes that a file was received. */
    void received(String file, long time) {
        database.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into data_import (file, received, records, stored, duplicates, "
                    + "quarantined, finished) values (?, ?, 0, 0, 0, 0, false)")) {
                insert.setString(1, file);
                insert.setLong(2, time);
                return insert.executeUpdate();
            }
        });
    }

    /** The account of a file, taken over by a job. */
    Account open(String file, String job) {
        return database.jdbc(connection -> {
            try (PreparedStatement update = connection.prepareStatement("update data_import set job = ? where file = ?")) {
                update.setString(1, job);
                update.setString(2, file);
                if (update.executeUpdate() == 0) {
                    throw new SQLException("the import " + file + " is not in the ledger");
                }
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "select number, records, stored, duplicates, quarantined, issues, finished from data_import where file = ?")) {
                select.setString(1, file);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return account(row);
                }
            }
        });
    }

    static Account account(ResultSet row) throws SQLException {
        Account account = new Account(row.getInt(1));
        account.records = row.getLong(2);
        account.stored = row.getLong(3);
        account.duplicates = row.getLong(4);
        account.quarantined = row.getLong(5);
        account.issues = issues(row.getString(6));
        account.finished = row.getBoolean(7);
        return account;
    }

    private static List<Map<String, Object>> issues(String json) throws SQLException {
        try {
            return json == null ? new ArrayList<>() : JSON.readValue(json, new TypeReference<ArrayList<Map<String, Object>>>() { });
        } catch (JsonProcessingException e) {
            throw new SQLException("the issues of an import cannot be read", e);
        }
    }

    /** Writes how far an import has come. */
    static void save(Connection connection, Account account) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update data_import set records = ?, stored = ?, duplicates = ?, "
                + "quarantined = ?, issues = ?, finished = ? where number = ?")) {
            update.setLong(1, account.records);
            update.setLong(2, account.stored);
            update.setLong(3, account.duplicates);
            update.setLong(4, account.quarantined);
            update.setString(5, account.issues.isEmpty() ? null : JSON.writeValueAsString(account.issues));
            update.setBoolean(6, account.finished);
            update.setInt(7, account.number);
            update.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new SQLException("the issues of an import cannot be written", e);
        }
    }

    /** Closes an account: the import need not be taken up again. */
    void finish(Account account) {
        account.finish();
        database.jdbc(connection -> {
            save(connection, account);
            return null;
        });
    }

    /** Files whose import has not finished, with the job that took each over last; null when none has yet. */
    Map<String, String> unfinished() {
        return database.jdbc(connection -> {
            Map<String, String> files = new LinkedHashMap<>();
            try (PreparedStatement select = connection.prepareStatement(
                    "select file, job from data_import where not finished and plugin is null");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    files.put(row.getString(1), row.getString(2));
                }
            }
            return files;
        });
    }

    /** Gives a file up. */
    void giveUp(String file) {
        database.jdbc(connection -> {
            try (PreparedStatement update = connection.prepareStatement("update data_import set finished = true where file = ?")) {
                update.setString(1, file);
                return update.executeUpdate();
            }
        });
    }
}
