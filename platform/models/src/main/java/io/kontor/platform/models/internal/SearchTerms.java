package io.kontor.platform.models.internal;

import io.kontor.platform.models.SearchRefusedException;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch.Strategy;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.models.internal.search.Dimension;
import io.kontor.platform.models.internal.search.GridSearch;
import io.kontor.platform.models.internal.search.Space;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what is asked of a search against a plugin's schema, and makes the space that is searched. */
final class SearchTerms {

    private static final int MOST_TRIALS = 1_000;
    private static final long MOST_SECONDS = 7L * 24 * 3_600;
    private static final int MOST_VALUES = 100;
    private static final String SETTINGS = "settings";

    private final PluginDescriptor plugin;
    private final Map<String, Object> present;

    /**
     * A check.
     *
     * @param plugin the plugin
     * @param present the settings in use
     */
    SearchTerms(PluginDescriptor plugin, Map<String, Object> present) {
        this.plugin = plugin;
        this.present = present;
    }

    /**
     * Checks.
     *
     * @param asked what is asked for
     * @return the same with all ranges written out, numbers as the settings have them
     * @throws SearchRefusedException when a term is wrong
     */
    Terms checked(Terms asked) {
        if (asked.trials() < 1 || asked.trials() > MOST_TRIALS) {
            throw new SearchRefusedException("trials", "must be between 1 and " + MOST_TRIALS);
        } else if (asked.seconds() < 1 || asked.seconds() > MOST_SECONDS) {
            throw new SearchRefusedException("seconds", "must be between 1 and " + MOST_SECONDS);
        } else if (asked.strategy() == Strategy.HALVING && !plugin.trainable()) {
            throw new SearchRefusedException("strategy", "the plugin learns no model, so there is no smaller part of the data to begin with");
        }
        List<SettingRange> ranges = asked.ranges().isEmpty() ? all() : asked.ranges();
        if (ranges.isEmpty()) {
            throw new SearchRefusedException(SETTINGS, "the plugin has no settings with bounds or options, so there is nothing to search over");
        }
        Set<String> names = new HashSet<>();
        List<SettingRange> exact = new ArrayList<>();
        for (SettingRange range : ranges) {
            if (!names.add(range.name())) {
                throw refused(range, "is there twice");
            }
            exact.add(checked(range));
        }
        Terms terms = new Terms(asked.strategy(), asked.trials(), asked.seconds(), asked.seed(), exact, asked.apply());
        double grid = GridSearch.smallest(space(terms));
        if (terms.strategy() == Strategy.GRID && grid > terms.trials()) {
            throw new SearchRefusedException("trials", "the coarsest grid over these settings has " + String.format("%.0f", grid)
                    + " points; allow as many trials, or search over fewer settings");
        }
        return terms;
    }

    private List<SettingRange> all() {
        return plugin.settings().settings().stream().flatMap(setting -> SettingRange.of(setting).stream()).toList();
    }

    private SettingRange checked(SettingRange range) {
        Setting setting = plugin.settings().settings().stream().filter(each -> each.name().equals(range.name())).findFirst()
                .orElseThrow(() -> refused(range, "is not a setting of the plugin"));
        if (setting.list() || setting.type() == Type.SECRET) {
            throw refused(range, "cannot be searched over");
        }
        return range.values().isEmpty() ? between(setting, range) : among(range);
    }

    private SettingRange between(Setting setting, SettingRange range) {
        if (setting.type() != Type.INTEGER && setting.type() != Type.NUMBER || !setting.options().isEmpty()) {
            throw refused(range, "is not a number between bounds; list the values to try");
        }
        Double low = range.min() == null ? setting.min() : range.min();
        Double high = range.max() == null ? setting.max() : range.max();
        if (low == null || high == null) {
            throw refused(range, "has no bounds of its own; give min and max");
        } else if (!(low < high) || Double.isInfinite(high - low)) {
            throw refused(range, "min must be below max");
        }
        boolean whole = setting.type() == Type.INTEGER;
        if (whole && (low != Math.rint(low) || high != Math.rint(high))) {
            throw refused(range, "min and max must be whole numbers");
        }
        for (double bound : new double[] {low, high}) {
            allowed(range, whole ? (Object) (long) bound : (Object) bound);
        }
        return new SettingRange(range.name(), low, high, List.of());
    }

    private SettingRange among(SettingRange range) {
        if (range.min() != null || range.max() != null) {
            throw refused(range, "has either bounds or values");
        } else if (range.values().size() < 2 || range.values().size() > MOST_VALUES
                || new HashSet<>(range.values()).size() < range.values().size()) {
            throw refused(range, "needs 2 to " + MOST_VALUES + " different values");
        }
        range.values().forEach(value -> allowed(range, value));
        return range;
    }

    private void allowed(SettingRange range, Object value) {
        Map<String, Object> settings = new HashMap<>(present);
        settings.put(range.name(), value);
        for (SettingsSchema.Fault fault : plugin.settings().check(settings)) {
            if (fault.field().equals(range.name())) {
                throw refused(range, fault.message());
            }
        }
    }

    private static SearchRefusedException refused(SettingRange range, String message) {
        return new SearchRefusedException(SETTINGS + "." + range.name(), message);
    }

    /**
     * What checked terms search.
     *
     * @param terms checked
     * @return the space
     */
    Space space(Terms terms) {
        return new Space(terms.ranges().stream().map(range -> {
            if (!range.values().isEmpty()) {
                return Dimension.choice(range.name(), range.values());
            }
            boolean whole = plugin.settings().settings().stream()
                    .anyMatch(each -> each.name().equals(range.name()) && each.type() == Type.INTEGER);
            return new Dimension(range.name(), range.min(), range.max(), whole, List.of());
        }).toList());
    }
}
