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

    /**
     * One thing wrong with given values.
     *
     * @param field the setting's name
     * @param message one plain sentence
     */
    record Fault(String field, String message) {
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
