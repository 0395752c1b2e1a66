package io.kontor.platform.jobs.internal;

import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** The log lines of jobs in the table {@code job_log}; of each job the last ones are kept. */
final class JobLog {

    /** So many lines of a job are kept. */
    static final int KEPT = 1_000;

    private static final int LENGTH = 1_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final Database database;

    /** A line and when it was said. */
    record Line(Instant time, String text) {
    }

    JobLog(Database database) {
        this.database = database;
    }

    /** A text as one line of at most so many characters that both databases take: no line breaks, no NUL. */
    static String oneLine(String text, int length) {
        String line = text == null ? "" : CONTROL.matcher(text).replaceAll(" ");
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    /** Writes what a running job has said since the last time; one caller at a time, so that lines stay in their order. */
    synchronized void flush(RunningJob running) {
        append(running.id(), running.takeLines());
    }

    private void append(String job, List<Line> lines) {
        if (!lines.isEmpty()) {
            database.jdbc(connection -> {
                long next = lastLine(connection.prepareStatement("select max(line) from job_log where job = ?"), job) + 1;
                try (PreparedStatement insert = connection.prepareStatement(
                        "insert into job_log (job, line, logged_at, text) values (?, ?, ?, ?)")) {
                    for (Line line : lines) {
                        insert.setString(1, job);
                        insert.setLong(2, next++);
                        insert.setObject(3, line.time().atOffset(ZoneOffset.UTC));
                        insert.setString(4, oneLine(line.text(), LENGTH));
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                try (PreparedStatement trim = connection.prepareStatement("delete from job_log where job = ? and line < ?")) {
                    trim.setString(1, job);
                    trim.setLong(2, next - KEPT);
                    trim.executeUpdate();
                }
                return null;
            });
        }
    }

    List<String> lines(String job) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select logged_at, text from job_log where job = ? order by line desc limit " + KEPT)) {
                select.setString(1, job);
                List<String> lines = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        lines.add(rows.getObject(1, OffsetDateTime.class).toInstant() + " " + rows.getString(2));
                    }
                }
                Collections.reverse(lines);
                return lines;
            }
        });
    }

    private static long lastLine(PreparedStatement select, String job) throws SQLException {
        try (select) {
            select.setString(1, job);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
