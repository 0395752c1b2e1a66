package io.kontor.api.data;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** The length of a period of demand. Weeks begin on Monday, months on the first. */
public enum Step {
    /** A day in the store's time zone. */
    DAY(ChronoUnit.DAYS, 7),
    /** Monday to Sunday. */
    WEEK(ChronoUnit.WEEKS, 52),
    /** A calendar month. */
    MONTH(ChronoUnit.MONTHS, 12);

    private final ChronoUnit unit;
    private final int season;

    Step(ChronoUnit unit, int season) {
        this.unit = unit;
        this.season = season;
    }

    /**
     * After how many periods demand of this step usually comes back to where it was: the week of days, the year of weeks and months.
     *
     * @return 7, 52 or 12 periods
     */
    public int season() {
        return season;
    }

    /**
     * Goes on from a period.
     *
     * @param begin the first day of a period
     * @param periods how many periods further; below 0 for backwards
     * @return the first day of that period
     */
    public LocalDate plus(LocalDate begin, long periods) {
        return begin.plus(periods, unit);
    }

    /**
     * Counts periods.
     *
     * @param begin the first day of a period
     * @param end the first day of another
     * @return how many periods the latter comes after the former; below 0 when it comes before
     */
    public int between(LocalDate begin, LocalDate end) {
        return Math.toIntExact(unit.between(begin, end));
    }
}
