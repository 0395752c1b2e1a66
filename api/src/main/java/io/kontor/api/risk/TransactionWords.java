package io.kontor.api.risk;

import io.kontor.api.feature.Feature;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** What the features of transactions are called in one language. Immutable. */
final class TransactionWords {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<String, TransactionWords> BY_LANGUAGE = new ConcurrentHashMap<>();
    private static final double MILLIS_OF_HOUR = 3_600_000;
    private static final int LONGEST = 60;
    private static final String ATTRIBUTE = "attr.";

    private final Locale locale;
    private final Map<String, MessageFormat> patterns = new HashMap<>();

    private TransactionWords(Locale locale) {
        this.locale = locale;
        ResourceBundle bundle = ResourceBundle.getBundle("OSGI-INF.l10n.transactions", locale, TransactionWords.class.getClassLoader(),
                STORE_LANGUAGE);
        bundle.keySet().forEach(key -> patterns.put(key, new MessageFormat(bundle.getString(key), locale)));
    }

    // The words of a language, read once.
    static TransactionWords in(Locale locale) {
        return BY_LANGUAGE.computeIfAbsent(locale.toLanguageTag(), tag -> new TransactionWords(locale));
    }

    Locale locale() {
        return locale;
    }

    // A sentence with its values. A format keeps state while it works, so each use has a copy.
    String of(String key, Object... values) {
        return ((MessageFormat) patterns.get(key).clone()).format(values);
    }

    private String of(String key, String fallback, Object value) {
        return patterns.containsKey(key) ? of(key) : of(fallback, value);
    }

    // What features have in common that give one reason.
    static String topic(Feature feature) {
        if (feature instanceof Feature.Aggregate aggregate) {
            return key(aggregate.key()) + "-" + about(aggregate.stat());
        } else if (feature instanceof Feature.Clock clock) {
            return switch (clock.part()) {
                case HOUR -> "time-of-day";
                case WEEKDAY -> "weekday";
                case MONTH -> "month";
                case DAY_OF_YEAR -> "day-of-year";
            };
        } else if (feature instanceof Feature.Differs) {
            return "countries";
        }
        String column = feature.columns().get(0).name();
        return column.startsWith(ATTRIBUTE) ? "attribute" : column.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String about(Feature.Stat stat) {
        return switch (stat) {
            case COUNT, SUM -> "payments";
            case MEAN, MIN, MAX, RATIO -> "usual-amount";
            case HOURS_SINCE_LAST, HOURS_SINCE_FIRST -> "history";
            case DISTINCT -> "shared";
        };
    }

    // A short word for a key.
    private static String key(String column) {
        return SharedKey.of(column).map(key -> key.name().toLowerCase(Locale.ROOT)).orElse("attribute");
    }

    String name(Feature feature) {
        if (feature instanceof Feature.Aggregate aggregate) {
            return of("word." + about(aggregate.stat()), with(aggregate));
        } else if (feature instanceof Feature.Clock clock) {
            return patterns.containsKey("word." + topic(clock)) ? of("word." + topic(clock)) : of("word." + clock.part());
        } else if (feature instanceof Feature.Differs differs) {
            return countries(differs) ? of("word.countries") : of("word.differ", column(differs.column()), column(differs.other()));
        }
        return column(feature.columns().get(0).name());
    }

    static boolean countries(Feature.Differs differs) {
        return differs.equals(new Feature.Differs("country", "billingCountry"));
    }

    String column(String name) {
        if (name.startsWith(ATTRIBUTE)) {
            return shortened(name.substring(ATTRIBUTE.length()));
        }
        String word = SharedKey.of(name).isPresent() ? key(name) : name;
        return patterns.containsKey("word." + word) ? of("word." + word) : name;
    }

    String with(Feature.Aggregate aggregate) {
        return of("word.with." + key(aggregate.key()), "word.with.other", column(aggregate.key()));
    }

    String counted(Feature.Aggregate aggregate) {
        return of("word.counted." + aggregate.column(), "word.counted.other", column(aggregate.column()));
    }

    String window(Duration window) {
        return of("word." + window, "word.hours", window.toMillis() / MILLIS_OF_HOUR);
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + '…';
    }
}
