package io.kontor.platform.admin.internal.shell;

import io.kontor.api.store.Store;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;

/** Numbers, money and times as the visitor reads them: the visitor's language, the store's currency and time zone. */
public final class Formats {

    private final Locale locale;
    private final ZoneId zone;
    private final String currency;

    Formats(Locale locale, Store store) {
        this.locale = locale;
        this.zone = store == null ? ZoneOffset.UTC : store.timeZone();
        this.currency = store == null ? null : store.currency().getCurrencyCode();
    }

    /**
     * A number with at most so many digits after the point.
     *
     * @param value the number; NaN gives a dash
     * @param digits at most
     * @return for example 1,234.5
     */
    public String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    /**
     * A whole number.
     *
     * @param value the number
     * @return for example 1,234
     */
    public String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /**
     * A share.
     *
     * @param value 1 is all
     * @return for example 12.3%
     */
    public String percent(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(value);
    }

    /**
     * An amount in the store's currency.
     *
     * @param value the amount
     * @return for example €12.50
     */
    public String money(double value) {
        if (currency == null || !Double.isFinite(value)) {
            return number(value, 2);
        }
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(Currency.getInstance(currency));
        return format.format(value);
    }

    /**
     * A moment in the store's time zone.
     *
     * @param time the moment; null gives a dash
     * @return date and time
     */
    public String time(Instant time) {
        return time == null ? "–" : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(locale)
                .withZone(zone).format(time);
    }

    /**
     * A day.
     *
     * @param date the day; null gives a dash
     * @return the date
     */
    public String date(LocalDate date) {
        return date == null ? "–" : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(date);
    }

    /**
     * How long something took.
     *
     * @param duration the time
     * @return for example 1.2 s or 3:05 min
     */
    public String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return number(duration.toMillis() / 1000.0, 1) + " s";
        }
        return seconds < 3600 ? "%d:%02d min".formatted(seconds / 60, seconds % 60)
                : "%d:%02d h".formatted(seconds / 3600, seconds % 3600 / 60);
    }

    /**
     * A size.
     *
     * @param bytes how many
     * @return for example 1.5 MB
     */
    public String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000 ? number(bytes / 1e3, 1) + " kB" : number(bytes / 1e6, 1) + " MB";
    }
}
