package io.kontor.platform.admin.internal.search;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch.Strategy;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The form that starts a search.
 *
 * @param strategy how the next settings are chosen
 * @param trials how many, as typed
 * @param minutes how long, as typed
 * @param seed the seed, as typed
 * @param apply whether the best are taken over
 * @param lines one for each setting that can be searched over
 * @param faults what is wrong, by field: {@code trials}, {@code minutes}, {@code seed}, {@code settings} or {@code settings.NAME}
 */
public record SearchForm(Strategy strategy, String trials, String minutes, String seed, boolean apply, List<Line> lines,
        Map<String, String> faults) {

    private static final int MINUTE = 60;
    private static final String RANGE = "settings.";

    /**
     * A setting.
     *
     * @param name its name
     * @param title what it is called
     * @param used whether it is searched over
     * @param min the least number, as typed; empty for values
     * @param max the greatest number, as typed; empty for values
     * @param values the values in words; empty for numbers
     */
    public record Line(String name, String title, boolean used, String min, String max, String values) {
    }

    static SearchForm fresh(List<Setting> settings, Visit visit) {
        return new SearchForm(Strategy.TPE, "30", "60", "42", false, settings.stream().map(setting -> {
            SettingRange range = SettingRange.of(setting).orElseThrow();
            return new Line(setting.name(), title(setting), true, text(range.min()), text(range.max()), values(setting, range, visit));
        }).toList(), Map.of());
    }

    static SearchForm read(List<Setting> settings, Visit visit) {
        Strategy strategy = Arrays.stream(Strategy.values()).filter(each -> each.name().equals(visit.field("strategy"))).findFirst()
                .orElse(Strategy.TPE);
        List<String> used = visit.fields("use");
        Map<String, String> faults = new TreeMap<>();
        for (String name : List.of("trials", "minutes", "seed")) {
            if (!visit.field(name).matches("\\d{1,9}")) {
                faults.put(name, visit.text("search.fault.whole"));
            }
        }
        List<Line> lines = new ArrayList<>();
        for (Setting setting : settings) {
            Line line = new Line(setting.name(), title(setting), used.contains(setting.name()), visit.field("min." + setting.name()),
                    visit.field("max." + setting.name()), values(setting, SettingRange.of(setting).orElseThrow(), visit));
            lines.add(line);
            if (line.used && line.values.isEmpty()) {
                outside(setting, line, visit).ifPresent(fault -> faults.put(RANGE + line.name, fault));
            }
        }
        if (lines.stream().noneMatch(Line::used)) {
            faults.put("settings", visit.text("search.fault.none"));
        }
        return new SearchForm(strategy, visit.field("trials"), visit.field("minutes"), visit.field("seed"), visit.has("apply"), lines, faults);
    }

    private static Optional<String> outside(Setting setting, Line line, Visit visit) {
        Double min = number(line.min);
        Double max = number(line.max);
        if (min == null || max == null) {
            return Optional.of(visit.text("search.fault.number"));
        }
        return min < setting.min() || max > setting.max()
                ? Optional.of(visit.text("plugins.range", text(setting.min()), text(setting.max()))) : Optional.empty();
    }

    private static String title(Setting setting) {
        return setting.title().isBlank() ? setting.name() : setting.title();
    }

    private static String values(Setting setting, SettingRange range, Visit visit) {
        return String.join(", ", range.values().stream().map(value -> value instanceof Boolean flag
                ? visit.text(flag ? "shell.yes" : "shell.no") : setting.options().getOrDefault(String.valueOf(value), String.valueOf(value)))
                .toList());
    }

    private static String text(Double bound) {
        return bound == null ? "" : new BigDecimal(bound.toString()).stripTrailingZeros().toPlainString();
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What a form without faults asks for. */
    Terms terms(List<Setting> settings) {
        List<SettingRange> ranges = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.used) {
                ranges.add(line.values.isEmpty() ? new SettingRange(line.name, number(line.min), number(line.max), List.of())
                        : SettingRange.of(settings.get(i)).orElseThrow());
            }
        }
        return new Terms(strategy, Integer.parseInt(trials), Long.parseLong(minutes) * MINUTE, Long.parseLong(seed), ranges, apply);
    }

    /** The same form with something wrong. */
    SearchForm with(String field, String fault) {
        Map<String, String> all = new TreeMap<>(faults);
        all.put(field.equals("seconds") ? "minutes" : field, fault);
        return new SearchForm(strategy, trials, minutes, seed, apply, lines, all);
    }

    /**
     * All ways of choosing settings.
     *
     * @return the strategies, the usual one first
     */
    public List<Strategy> strategies() {
        return List.of(Strategy.TPE, Strategy.RANDOM, Strategy.HALVING, Strategy.GRID);
    }
}
