package io.kontor.platform.plugins;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The typed settings of a plugin: what the REST API shows as JSON Schema, the admin UI as a form, and what values are checked against. */
@ProviderType
public interface SettingsSchema {

    /** The type of a setting's value. */
    enum Type {
        /** A text. */
        TEXT,
        /** A text that is never shown again. */
        SECRET,
        /** A whole number. */
        INTEGER,
        /** A number. */
        NUMBER,
        /** True or false. */
        FLAG
    }

    /**
     * One setting. Immutable.
     *
     * @param name the attribute's id, camelCase or with dots as Declarative Services names it
     * @param type the type of a single value
     * @param list whether it takes several values
     * @param required whether a value must be given when there is no default
     * @param defaults the default as JSON value (String, Long, Double, Boolean, or a List of them); null when there is none
     * @param min smallest number; null for no bound
     * @param max largest number; null for no bound
     * @param options permitted values with their labels; empty when free
     * @param title in the language asked for
     * @param description in the language asked for
     */
    record Setting(String name, Type type, boolean list, boolean required, Object defaults, Double min, Double max,
            Map<String, String> options, String title, String description) {
    }

    /** What a value must keep to; the numbers that belong to it are a fault's limits. */
    enum Rule {
        /** The name is that of a setting. */
        KNOWN,
        /** A value is given where there is no default. */
        GIVEN,
        /** It is a text. */
        TEXT,
        /** It is one character. */
        CHARACTER,
        /** It is true or false. */
        FLAG,
        /** It is a whole number. */
        WHOLE,
        /** It is a number. */
        NUMBER,
        /** It is a finite number. */
        FINITE,
        /** It is between two limits, which the type sets. */
        BETWEEN,
        /** It is at least the limit. */
        AT_LEAST,
        /** It is at most the limit. */
        AT_MOST,
        /** It has at least so many characters. */
        AT_LEAST_LONG,
        /** It has at most so many characters. */
        AT_MOST_LONG,
        /** It is one of the options, which are the limits. */
        OPTION,
        /** It is a list. */
        LIST,
        /** The list has at most so many values. */
        AT_MOST_MANY
    }

    /**
     * One thing wrong with given values.
     *
     * @param field the setting's name
     * @param message one plain sentence
     * @param rule what is not kept to, for who says it in other words
     * @param limits the numbers or options that belong to the rule
     * @param position which value of a list is wrong, from 1; 0 when it is not about one of a list
     */
    record Fault(String field, String message, Rule rule, List<String> limits, int position) {
    }

    /**
     * The settings in the order of their declaration.
     *
     * @return all settings
     */
    List<Setting> settings();

    /**
     * The same as JSON Schema 2020-12.
     *
     * @return a tree of maps, lists and scalars
     */
    Map<String, Object> jsonSchema();

    /**
     * Checks values as they come from JSON.
     *
     * @param values by name: String, Number, Boolean, List of these, or null for the default
     * @return what is wrong, empty when all is well; unknown names are wrong
     */
    List<Fault> check(Map<String, Object> values);

    /**
     * Turns checked values into those of the component's configuration.
     *
     * @param values values that {@link #check} found well
     * @return by name: String, Integer, Long, Double, Boolean, ... or arrays of them as the definition says, defaults included
     */
    Map<String, Object> typed(Map<String, Object> values);
}
