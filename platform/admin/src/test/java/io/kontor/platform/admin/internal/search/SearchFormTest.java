package io.kontor.platform.admin.internal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.models.SettingRange;
import io.kontor.platform.models.SettingsSearch.Strategy;
import io.kontor.platform.models.SettingsSearch.Terms;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchFormTest {

    private static final List<Setting> SETTINGS = List.of(
            new Setting("depth", Type.INTEGER, false, false, 5L, 1.0, 50.0, Map.of(), "Depth", ""),
            new Setting("fast", Type.FLAG, false, false, true, null, null, Map.of(), "Fast", ""));

    private static Visit visit(String... fields) {
        return Visits.posted(Role.OPERATOR, Map.of("store", "shop", "id", "a"), fields);
    }

    @Test
    void beginsWithEverythingThatTheSettingsAllow() {
        SearchForm form = SearchForm.fresh(SETTINGS, visit());
        assertEquals(Strategy.TPE, form.strategy());
        assertEquals(new SearchForm.Line("depth", "Depth", true, "1", "50", ""), form.lines().get(0));
        assertTrue(form.lines().get(1).used() && !form.lines().get(1).values().isEmpty(), form.toString());
    }

    @Test
    void asksForWhatIsTickedOnly() {
        SearchForm form = SearchForm.read(SETTINGS, visit("strategy", "HALVING", "trials", "13", "minutes", "2", "seed", "7", "use", "depth",
                "min.depth", "2", "max.depth", "9.0", "apply", "true"));
        assertEquals(Map.of(), form.faults());
        assertEquals(new Terms(Strategy.HALVING, 13, 120, 7, List.of(new SettingRange("depth", 2.0, 9.0, List.of())), true),
                form.terms(SETTINGS));
        SearchForm flag = SearchForm.read(SETTINGS, visit("trials", "13", "minutes", "2", "seed", "7", "use", "fast"));
        assertEquals(List.of(new SettingRange("fast", null, null, List.of(false, true))), flag.terms(SETTINGS).ranges());
    }

    @Test
    void namesEachFieldThatIsWrongAndKeepsWhatWasTyped() {
        SearchForm form = SearchForm.read(SETTINGS, visit("trials", "many", "minutes", "-1", "seed", "", "use", "depth", "min.depth", "x",
                "max.depth", "9"));
        assertEquals(Set.of("trials", "minutes", "seed", "settings.depth"), form.faults().keySet());
        assertEquals("many", form.trials());
        assertEquals("x", form.lines().get(0).min());
        assertEquals(Map.of("settings.depth", "From 1 to 50"), SearchForm.read(SETTINGS, visit("trials", "1", "minutes", "1", "seed", "1", "use",
                "depth", "min.depth", "0", "max.depth", "9")).faults());
        assertEquals(Set.of("settings"), SearchForm.read(SETTINGS, visit("trials", "1", "minutes", "1", "seed", "1")).faults().keySet());
    }
}
