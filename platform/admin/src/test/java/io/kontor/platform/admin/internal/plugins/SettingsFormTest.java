package io.kontor.platform.admin.internal.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.plugins.SettingsForm.Field;
import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.plugins.SettingsSchema.Fault;
import io.kontor.platform.plugins.SettingsSchema.Rule;
import io.kontor.platform.security.Role;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filled-in form of settings means, and how it is shown again. */
class SettingsFormTest {

    private static final List<String> ALL = new Slider().settings().stream().map(setting -> setting.name()).toList();

    private final Slider slider = new Slider();
    private final Map<String, Object> present = new HashMap<>();

    private SettingsReading read(Map<String, List<String>> typed) {
        return new SettingsReading(slider, name -> name.equals(SettingsReading.SHOWN) ? ALL : typed.getOrDefault(name, List.of()), present);
    }

    private static Field field(SettingsForm form, String name) {
        return form.fields().stream().filter(field -> field.setting().name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void readsEveryTypeAsJsonWouldGiveIt() {
        SettingsReading reading = read(Map.of("setting-level", List.of(" 0.5 "), "setting-days", List.of("7"),
                "setting-note", List.of("hello"),
                "setting-key", List.of(" s3cret "), "setting-mode", List.of("b"), "setting-sizes", List.of("3\r\n\n 4 \n"),
                "setting-tags", List.of("x", "y")));
        assertTrue(reading.readable());
        assertEquals(Map.of("level", 0.5, "days", 7L, "note", "hello", "key", " s3cret ", "fast", false, "mode", "b", "sizes", List.of(3L, 4L),
                "tags", List.of("x", "y")), reading.values());
    }

    @Test
    void whatIsEmptyOrHoldsTheDefaultFollowsTheDefault() {
        assertEquals(Map.of(), read(Map.of("setting-level", List.of("0.950"), "setting-days", List.of(""), "setting-fast", List.of("true"),
                "setting-mode", List.of("a"), "setting-sizes", List.of("1\n2"))).values());
    }

    @Test
    void anEmptiedListIsAnEmptyList() {
        assertEquals(List.of(), read(Map.of("setting-sizes", List.of(""))).values().get("sizes"));
    }

    @Test
    void whatTheFormDidNotShowIsNotRead() {
        assertEquals(Map.of(), new SettingsReading(slider, name -> List.of(), Map.of()).values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0,5", "half", "1 000", "NaN", "Infinity", "0x10", "1e9999", "--1", "0.5f", "１"})
    void aTextThatIsNoNumberIsAFaultAtItsField(String text) {
        SettingsReading reading = read(Map.of("setting-level", List.of(text), "setting-days", List.of("8")));
        assertFalse(reading.readable());
        Field level = field(reading.checked().form(), "level");
        assertEquals(Rule.NUMBER, level.fault().rule());
        assertEquals(text, level.value());
        assertEquals("8", field(reading.form(), "days").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e3", "ten"})
    void aTextThatIsNoWholeNumberIsAFaultAtItsField(String text) {
        assertEquals(Rule.WHOLE, field(read(Map.of("setting-days", List.of(text))).checked().form(), "days").fault().rule());
    }

    @Test
    void aNumberBeyondAllTypesIsLeftToTheSchema() {
        String large = "99999999999999999999";
        assertEquals(new BigInteger(large), read(Map.of("setting-days", List.of(large))).values().get("days"));
    }

    @Test
    void aFaultInAListNamesItsPosition() {
        SettingsReading reading = read(Map.of("setting-sizes", List.of("3\nthree")));
        Fault fault = field(reading.checked().form(), "sizes").fault();
        assertEquals(2, fault.position());
        assertEquals("Value 2: Give a whole number, such as 30.",
                PluginView.words(fault, new Rendering(Role.OPERATOR, Locale.ENGLISH).visit()));
    }

    @Test
    void unreadableTextsDoNotHideWhatTheSchemaFinds() {
        SettingsForm form = read(Map.of("setting-days", List.of("x"), "setting-level", List.of("2"))).checked().form();
        assertEquals(Rule.WHOLE, field(form, "days").fault().rule());
        assertEquals(Rule.AT_MOST, field(form, "level").fault().rule());
    }

    @Test
    void aSecretLeftEmptyIsKeptUntilItIsForgotten() {
        present.put("key", SettingsForm.HIDDEN);
        assertEquals(SettingsForm.HIDDEN, read(Map.of("setting-key", List.of(""))).values().get("key"));
        assertFalse(read(Map.of("setting-key", List.of(""), "forget", List.of("key"))).values().containsKey("key"));
        assertEquals("new", read(Map.of("setting-key", List.of("new"))).values().get("key"));
    }

    @Test
    void aSecretIsNeverShown() {
        present.put("key", SettingsForm.HIDDEN);
        assertTrue(field(SettingsForm.of(slider, present), "key").values().isEmpty());
        SettingsReading wrong = read(Map.of("setting-key", List.of("typed"), "setting-level", List.of("x")));
        assertTrue(field(wrong.checked().form(), "key").values().isEmpty());
        assertTrue(field(SettingsForm.of(slider, present), "key").kept());
    }

    @Test
    void equalNumbersLookEqualAndTellWhetherTheDefaultDiffers() {
        SettingsForm form = SettingsForm.of(slider, Map.of("level", 0.95, "days", 31L, "mode", "b"));
        assertFalse(field(form, "level").changed());
        assertEquals("31", field(form, "days").value());
        assertTrue(field(form, "days").changed());
        assertEquals("Alpha", field(form, "mode").defaultLabel());
    }

    @Test
    void everyRuleHasWordsInEveryLanguage() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            Rendering rendering = new Rendering(Role.OPERATOR, locale);
            Stream.of(Rule.values()).forEach(rule -> assertFalse(PluginView.words(new Fault("x", "x", rule, List.of("1", "2"), 0),
                    rendering.visit()).startsWith("plugins."), rule + " in " + locale));
        }
    }
}
