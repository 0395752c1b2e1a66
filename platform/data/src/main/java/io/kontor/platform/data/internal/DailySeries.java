package io.kontor.platform.data.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * How many rows of an entity each day has, and the sum of their values. The days are the store's, whole ones only: the first and the last day
 * that have rows may be cut off and are left out.
 *
 * @param first the first day
 * @param counts rows by day
 * @param sums sum of the rows' values by day
 */
record DailySeries(LocalDate first, double[] counts, double[] sums) {

    private static final int MOST_DAYS = 3_650;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long QUARTER = HOUR / 4;
    /** Makes times before 1970 positive, so that division rounds all alike. */
    private static final long LONG_AGO = Duration.ofDays(1_000_000).toMillis();

    /**
     * Has the database sum up hours, and sums up the store's days from these.
     *
     * @param connection of the database
     * @param store whose rows
     * @param records which table
     * @param value SQL of a row's value; may be null for rows without one
     * @param last time of the latest row
     * @param zone says where the days begin
     * @return at most ten years of days; fewer than one when there are no whole days
     */
    static DailySeries read(Connection connection, String store, Records records, String value, Instant last, ZoneId zone)
            throws SQLException {
        String clock = records.columns().get(records.clock()).sql();
        boolean days = records.columns().get(records.clock()).kind() == Column.Kind.DATE;
        ZoneId zoneOfDays = days ? ZoneOffset.UTC : zone;
        long bucket = zone.getRules().getOffset(last).getTotalSeconds() % 3_600 == 0 ? HOUR : QUARTER;
        LocalDate end = LocalDate.ofInstant(last, zoneOfDays);
        LocalDate begin = end.minusDays(MOST_DAYS);
        double[] counts = new double[MOST_DAYS + 1];
        double[] sums = new double[MOST_DAYS + 1];
        int earliest = MOST_DAYS;
        try (PreparedStatement select = connection.prepareStatement("select part, count(*), sum(amount) from (select (" + clock + " + "
                + LONG_AGO + ") / " + bucket + " as part, " + value + " as amount from " + records.table() + " where store = ? and " + clock
                + " >= ?) parts_of_days group by part")) {
            select.setString(1, store);
            select.setLong(2, begin.atStartOfDay(zoneOfDays).toInstant().toEpochMilli());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(row.getLong(1) * bucket - LONG_AGO), zoneOfDays);
                    int at = (int) (day.toEpochDay() - begin.toEpochDay());
                    if (at >= 0 && at <= MOST_DAYS) {
                        counts[at] += row.getLong(2);
                        sums[at] += row.getDouble(3);
                        earliest = Math.min(earliest, at);
                    }
                }
            }
        }
        int from = Math.min(earliest + 1, MOST_DAYS);
        return new DailySeries(begin.plusDays(from), Arrays.copyOfRange(counts, from, MOST_DAYS),
                Arrays.copyOfRange(sums, from, MOST_DAYS));
    }

    int days() {
        return counts.length;
    }

    /** Day of the week, 0 for Monday. */
    int weekday(int day) {
        return (int) Math.floorMod(first.toEpochDay() + day + 3, 7L);
    }
}
