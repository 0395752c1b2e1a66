package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.plugins.SettingsSchema.Fault;
import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The settings of a plugin as a form, made from their schema alone.
 *
 * @param fields one for each setting, in the order of their declaration
 */
public record SettingsForm(List<Field> fields) {

    /** What stands in the place of a secret that is kept. */
    static final String HIDDEN = "***";

    /** How a setting is asked for. */
    public enum Kind {
        /** A line for a number. */
        NUMBER,
        /** A line of text. */
        TEXT,
        /** A line that shows dots. */
        SECRET,
        /** A box to tick. */
        FLAG,
        /** One of several options. */
        CHOICE,
        /** Any of several options. */
        CHOICES,
        /** Several values, one a line. */
        LINES;

        static Kind of(Setting setting) {
            if (setting.list()) {
                return setting.options().isEmpty() ? LINES : CHOICES;
            } else if (!setting.options().isEmpty()) {
                return CHOICE;
            }
            return switch (setting.type()) {
                case TEXT -> TEXT;
                case SECRET -> SECRET;
                case FLAG -> FLAG;
                case INTEGER, NUMBER -> NUMBER;
            };
        }
    }

    /**
     * One setting.
     *
     * @param setting what the schema says of it
     * @param kind how it is asked for
     * @param values what stands in it, as it is typed
     * @param kept whether a secret is stored, which is never shown
     * @param fault what is wrong with it; null when nothing is
     */
    public record Field(Setting setting, Kind kind, List<String> values, boolean kept, Fault fault) {

        /**
         * The id of its element, and the name of its field in the form.
         *
         * @return fit for HTML
         */
        public String id() {
            return SettingsReading.PREFIX + setting.name();
        }

        /**
         * What stands in a field of one line or box.
         *
         * @return the text; lines for a list
         */
        public String value() {
            return String.join("\n", values);
        }

        /**
         * Whether an option is chosen.
         *
         * @param option its value
         * @return true when it is
         */
        public boolean has(String option) {
            return values.stream().anyMatch(value -> value.equals(option) || plain(value).equals(plain(option)));
        }

        private String plain(String text) {
            return setting.type() == Type.NUMBER || setting.type() == Type.INTEGER ? SettingsForm.number(text) : text;
        }

        /**
         * The default as it would be typed.
         *
         * @return lines for a list; empty when there is none
         */
        public String defaults() {
            return setting.type() == Type.SECRET ? "" : String.join("\n", texts(setting.defaults()));
        }

        /**
         * The default in words.
         *
         * @return labels of options instead of their values; empty when there is none
         */
        public String defaultLabel() {
            return setting.type() == Type.SECRET ? "" : String.join(", ", texts(setting.defaults()).stream().map(this::label).toList());
        }

        private String label(String value) {
            return setting.options().entrySet().stream().filter(option -> plain(option.getKey()).equals(plain(value))).map(Map.Entry::getValue)
                    .findFirst().orElse(value);
        }

        /**
         * Whether the default is another value than the present one.
         *
         * @return true when there is something to go back to
         */
        public boolean changed() {
            return setting.defaults() != null && setting.type() != Type.SECRET && !texts(setting.defaults()).equals(values);
        }

        /**
         * Whether it cannot be left empty.
         *
         * @return true when a value must be given and there is no default
         */
        public boolean required() {
            return setting.required() && setting.defaults() == null;
        }

        /**
         * A bound as it would be typed.
         *
         * @param bound of the setting
         * @return the number
         */
        public String bound(double bound) {
            return SettingsForm.text(bound);
        }
    }

    /**
     * The form of values that are in use.
     *
     * @param schema the settings
     * @param present the values by name; secrets as {@value #HIDDEN}
     * @return the form
     */
    static SettingsForm of(SettingsSchema schema, Map<String, Object> present) {
        return new SettingsForm(schema.settings().stream().map(setting -> field(setting, present)).toList());
    }

    private static Field field(Setting setting, Map<String, Object> present) {
        Object value = present.getOrDefault(setting.name(), setting.defaults());
        boolean secret = setting.type() == Type.SECRET;
        return new Field(setting, Kind.of(setting), secret ? List.of() : texts(value), secret && present.get(setting.name()) != null, null);
    }

    static List<String> texts(Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof Collection<?> several ? several.stream().map(SettingsForm::text).toList() : List.of(text(value));
    }

    static String text(Object value) {
        return value instanceof Number ? number(value.toString()) : String.valueOf(value);
    }

    /** A number without needless digits, so that equal numbers look equal. */
    private static String number(String text) {
        try {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            return Math.abs(number.scale()) > 20 ? number.toString() : number.toPlainString();
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
