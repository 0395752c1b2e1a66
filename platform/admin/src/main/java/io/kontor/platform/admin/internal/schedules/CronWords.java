package io.kontor.platform.admin.internal.schedules;

import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says the usual forms of cron expressions in words: times of a day, days of the week, a day of the month, hours and minutes. */
final class CronWords {

    private static final String ANY = "*";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    private static final Pattern STEP = Pattern.compile("\\*/\\d{1,2}");
    private static final int DAYS_A_WEEK = 7;
    private static final int MOST_HOURS = 6;

    private final Visit visit;

    private CronWords(Visit visit) {
        this.visit = visit;
    }

    /**
     * An expression in words.
     *
     * @param visit the request
     * @param cron minute, hour, day of month, month, day of week
     * @return one phrase in the visitor's language; empty for expressions that are not of the usual forms
     */
    static Optional<String> of(Visit visit, String cron) {
        String[] fields = cron.strip().split("\\s+");
        if (fields.length != 5 || !fields[3].equals(ANY)) {
            return Optional.empty();
        }
        CronWords words = new CronWords(visit);
        return fields[2].equals(ANY) && fields[4].equals(ANY) ? words.often(fields[0], fields[1]).or(() -> words.daily(fields[0], fields[1]))
                : words.days(fields[2], fields[4]).flatMap(days -> words.times(fields[0], fields[1])
                        .map(times -> visit.text("schedules.at", days, times)));
    }

    private Optional<String> often(String minute, String hour) {
        if (minute.equals(ANY) && hour.equals(ANY)) {
            return Optional.of(visit.text("schedules.every-minute"));
        } else if (STEP.matcher(minute).matches() && hour.equals(ANY)) {
            return Optional.of(visit.text("schedules.every-minutes", number(minute.substring(2))));
        } else if (!NUMBER.matcher(minute).matches()) {
            return Optional.empty();
        } else if (hour.equals(ANY)) {
            return Optional.of(visit.text("schedules.every-hour", number(minute)));
        }
        return STEP.matcher(hour).matches() ? Optional.of(visit.text("schedules.every-hours", number(hour.substring(2)), number(minute)))
                : Optional.empty();
    }

    private Optional<String> daily(String minute, String hour) {
        return times(minute, hour).map(times -> visit.text("schedules.at", visit.text("schedules.every-day"), times));
    }

    private Optional<String> times(String minute, String hours) {
        if (!NUMBER.matcher(minute).matches()) {
            return Optional.empty();
        }
        List<String> times = new ArrayList<>();
        for (String hour : hours.split(",")) {
            if (!NUMBER.matcher(hour).matches()) {
                return Optional.empty();
            }
            times.add("%02d:%02d".formatted(number(hour), number(minute)));
        }
        return times.size() > MOST_HOURS ? Optional.empty() : Optional.of(String.join(visit.text("schedules.and"), times));
    }

    private Optional<String> days(String ofMonth, String ofWeek) {
        if (ofWeek.equals(ANY)) {
            return NUMBER.matcher(ofMonth).matches() ? Optional.of(visit.text("schedules.day-of-month", number(ofMonth))) : Optional.empty();
        } else if (!ofMonth.equals(ANY)) {
            return Optional.empty();
        } else if (ofWeek.matches("[0-7]-[0-7]")) {
            return Optional.of(visit.text("schedules.days-of-week", day(ofWeek.substring(0, 1)), day(ofWeek.substring(2))));
        }
        List<String> days = new ArrayList<>();
        for (String each : ofWeek.split(",")) {
            if (!each.matches("[0-7]")) {
                return Optional.empty();
            }
            days.add(day(each));
        }
        return Optional.of(visit.text("schedules.every", String.join(visit.text("schedules.and"), days)));
    }

    private String day(String number) {
        return visit.text("schedules.day." + number(number) % DAYS_A_WEEK);
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
