package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.plugins.SettingsForm.Field;
import io.kontor.platform.admin.internal.plugins.SettingsForm.Kind;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.plugins.SettingsSchema.Fault;
import io.kontor.platform.plugins.SettingsSchema.Rule;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a filled-in form of settings. A field that is left empty, or holds the default, is not among the values, so that the setting follows
 * the plugin's default from version to version; a secret left empty is kept. For one request.
 */
final class SettingsReading {

    /** Before the name of each setting's field. */
    static final String PREFIX = "setting-";
    /** The names of the settings that the form had; an unticked box sends nothing else. */
    static final String SHOWN = "shown";
    /** The names of the secrets to be removed. */
    static final String FORGET = "forget";

    private static final String WHOLE = "[+-]?\\d{1,40}";
    private static final String NUMBER = "[+-]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][+-]?\\d{1,3})?";

    private final SettingsSchema schema;
    private final Function<String, List<String>> sent;
    private final Map<String, Object> present;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Fault> faults = new HashMap<>();

    /**
     * Reads.
     *
     * @param schema the settings
     * @param sent all values of a field of the form by its name
     * @param present the values in use, secrets as {@value SettingsForm#HIDDEN}
     */
    SettingsReading(SettingsSchema schema, Function<String, List<String>> sent, Map<String, Object> present) {
        this.schema = schema;
        this.sent = sent;
        this.present = present;
        schema.settings().stream().filter(this::shown).forEach(this::read);
    }

    private boolean shown(Setting setting) {
        return sent.apply(SHOWN).contains(setting.name());
    }

    /** The values by name, as they would come from JSON. */
    Map<String, Object> values() {
        return values;
    }

    /** Whether every text could be read as a value of its type; if not, {@link #checked} tells what else is wrong. */
    boolean readable() {
        return faults.isEmpty();
    }

    /** Adds what the schema finds wrong with the values that could be read. */
    SettingsReading checked() {
        Map<String, Object> open = new HashMap<>(values);
        open.values().removeIf(SettingsForm.HIDDEN::equals);
        schema.check(open).stream().filter(fault -> !SettingsForm.HIDDEN.equals(values.get(fault.field()))).forEach(this::add);
        return this;
    }

    void add(Fault fault) {
        faults.putIfAbsent(fault.field(), fault);
    }

    /** The form again, as it was filled in, with what is wrong; secrets are to be typed again. */
    SettingsForm form() {
        return new SettingsForm(schema.settings().stream().map(setting -> new Field(setting, Kind.of(setting),
                setting.type() == Type.SECRET ? List.of() : shown(setting) ? texts(setting) : SettingsForm.texts(setting.defaults()),
                setting.type() == Type.SECRET && present.get(setting.name()) != null, faults.get(setting.name()))).toList());
    }

    private List<String> texts(Setting setting) {
        List<String> raw = sent.apply(PREFIX + setting.name());
        return switch (Kind.of(setting)) {
            case FLAG -> List.of(String.valueOf(raw.contains("true")));
            case LINES -> raw.stream().flatMap(String::lines).map(String::strip).filter(line -> !line.isEmpty()).toList();
            case SECRET -> raw.stream().filter(text -> !text.isEmpty()).toList();
            default -> raw.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
        };
    }

    private void read(Setting setting) {
        List<String> texts = texts(setting);
        boolean secret = setting.type() == Type.SECRET;
        if (secret && texts.isEmpty() && present.get(setting.name()) != null && !sent.apply(FORGET).contains(setting.name())) {
            values.put(setting.name(), SettingsForm.HIDDEN);
        } else if (setting.list()) {
            readList(setting, texts);
        } else if (!texts.isEmpty()) {
            Object value = value(setting, texts.get(0), 0);
            if (value != null && !isDefault(setting, value)) {
                values.put(setting.name(), value);
            }
        }
    }

    private void readList(Setting setting, List<String> texts) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Object value = value(setting, texts.get(i), i + 1);
            if (value == null) {
                return;
            }
            list.add(value);
        }
        boolean nothing = list.isEmpty() && setting.defaults() == null;
        if (!nothing && !isDefault(setting, list)) {
            values.put(setting.name(), list);
        }
    }

    private static boolean isDefault(Setting setting, Object value) {
        return setting.defaults() != null && setting.type() != Type.SECRET
                && SettingsForm.texts(setting.defaults()).equals(SettingsForm.texts(value));
    }

    /** The value of a text; null, and noted as a fault, when it is none of the type. */
    private Object value(Setting setting, String text, int position) {
        Rule broken = switch (setting.type()) {
            case TEXT, SECRET -> null;
            case FLAG -> text.equals("true") || text.equals("false") ? null : Rule.FLAG;
            case INTEGER -> text.matches(WHOLE) ? null : Rule.WHOLE;
            case NUMBER -> text.matches(NUMBER) ? null : Rule.NUMBER;
        };
        if (broken != null) {
            add(new Fault(setting.name(), text, broken, List.of(), position));
            return null;
        }
        return switch (setting.type()) {
            case TEXT, SECRET -> text;
            case FLAG -> Boolean.valueOf(text);
            case INTEGER -> whole(new BigInteger(text));
            case NUMBER -> Double.valueOf(text);
        };
    }

    /** Too large a number stays as it is, for the schema to refuse. */
    private static Number whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : (Number) number;
    }
}
