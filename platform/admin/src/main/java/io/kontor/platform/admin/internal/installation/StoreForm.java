package io.kontor.platform.admin.internal.installation;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.TrainingLimits;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A store as fields of a form.
 *
 * @param existing the store that is changed; null for a new one
 * @param values what is in the fields, by name
 * @param faults what is wrong, by field
 */
public record StoreForm(Store existing, Map<String, String> values, Map<String, String> faults) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final List<String> FIELDS = List.of("id", "name", "currency", "locale", "timeZone", "country");
    private static final List<String> LIMITS = List.of("threads", "memoryMb", "minutes");
    private static final int LONGEST_NAME = 200;

    static StoreForm fresh() {
        return new StoreForm(null, Map.of("currency", "EUR", "locale", "en", "timeZone", "UTC"), Map.of());
    }

    static StoreForm of(Store store) {
        return new StoreForm(store, Map.of("id", store.id(), "name", store.name(), "currency", store.currency().getCurrencyCode(),
                "locale", store.locale().toLanguageTag(), "timeZone", store.timeZone().getId(), "country", store.country()), Map.of());
    }

    static StoreForm read(Visit visit, Store existing) {
        Map<String, String> values = new HashMap<>();
        FIELDS.forEach(field -> values.put(field, visit.field(field)));
        if (existing != null) {
            values.put("id", existing.id());
        }
        Map<String, String> faults = new HashMap<>();
        if (!values.get("id").matches("[a-z0-9][a-z0-9-]{0,62}")) {
            faults.put("id", visit.text("installation.id-fault"));
        }
        if (values.get("name").isEmpty() || values.get("name").length() > LONGEST_NAME) {
            faults.put("name", visit.text("installation.name-fault"));
        }
        check(faults, "currency", visit, () -> Currency.getInstance(values.get("currency")));
        check(faults, "locale", visit, () -> locale(values.get("locale")));
        check(faults, "timeZone", visit, () -> ZoneId.of(values.get("timeZone")));
        if (!values.get("country").isEmpty() && !COUNTRIES.contains(values.get("country"))) {
            faults.put("country", visit.text("installation.country-fault"));
        }
        return new StoreForm(existing, values, faults);
    }

    private static void check(Map<String, String> faults, String field, Visit visit, Runnable parse) {
        try {
            parse.run();
        } catch (IllegalArgumentException | DateTimeException | IllformedLocaleException e) {
            faults.put(field, visit.text("installation." + field + "-fault"));
        }
    }

    private static Locale locale(String tag) {
        Locale locale = new Locale.Builder().setLanguageTag(tag).build();
        if (locale.getLanguage().isEmpty()) {
            throw new IllformedLocaleException("no language");
        }
        return locale;
    }

    Store store() {
        return new Store(values.get("id"), values.get("name"), Currency.getInstance(values.get("currency")), locale(values.get("locale")),
                ZoneId.of(values.get("timeZone")), values.get("country"));
    }

    /** The form with what training runs may take: the store's own limits in the fields, and what holds otherwise behind them. */
    StoreForm with(TrainingLimits own, TrainingLimits effective) {
        Map<String, String> more = new HashMap<>(values);
        LIMITS.forEach(field -> {
            more.put(field, text(own, field));
            more.put(field + ".otherwise", text(effective, field));
        });
        return new StoreForm(existing, more, faults);
    }

    private static String text(TrainingLimits limits, String field) {
        Integer value = value(limits, field);
        return value == null ? "" : value.toString();
    }

    private static Integer value(TrainingLimits limits, String field) {
        return switch (field) {
            case "threads" -> limits.threads();
            case "memoryMb" -> limits.memoryMb();
            default -> limits.minutes();
        };
    }

    StoreForm readLimits(Visit visit) {
        Map<String, String> more = new HashMap<>(values);
        Map<String, String> wrong = new HashMap<>();
        for (String field : LIMITS) {
            more.put(field, visit.field(field));
            if (!visit.field(field).matches("\\d{0,9}")) {
                wrong.put(field, visit.text("installation.limits.number"));
            }
        }
        StoreForm read = new StoreForm(existing, more, wrong);
        if (wrong.isEmpty()) {
            read.limits().faults().forEach(fault -> wrong.put(fault.field(),
                    visit.text("installation.limits.range", fault.least(), fault.most())));
        }
        return new StoreForm(existing, more, wrong);
    }

    /** What is in the fields of limits, which hold whole numbers. */
    TrainingLimits limits() {
        return new TrainingLimits(number("threads"), number("memoryMb"), number("minutes"));
    }

    private Integer number(String field) {
        return value(field).isEmpty() ? null : Integer.valueOf(value(field));
    }

    StoreForm with(String field, String fault) {
        return new StoreForm(existing, values, Map.of(field, fault));
    }

    /**
     * The value of a field.
     *
     * @param field its name
     * @return what is in it
     */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /**
     * What is wrong with a field.
     *
     * @param field its name
     * @return one sentence; empty when nothing is
     */
    public String fault(String field) {
        return faults.getOrDefault(field, "");
    }

    /**
     * Suggestions for a field.
     *
     * @param field currency, timeZone, locale or country
     * @return codes in order
     */
    public static Set<String> known(String field) {
        return switch (field) {
            case "currency" -> codes(Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList());
            case "timeZone" -> codes(ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.contains("/") && !zone.startsWith("Etc/")
                    && !zone.startsWith("SystemV/")).toList());
            case "country" -> codes(Arrays.asList(Locale.getISOCountries()));
            default -> codes(List.of("en", "de", "fr", "es", "it", "nl", "pl", "zh-CN", "zh-TW", "ja", "ko", "pt-BR", "tr"));
        };
    }

    private static Set<String> codes(List<String> codes) {
        return new TreeSet<>(codes);
    }
}
