package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.SettingsSchema.Fault;
import io.kontor.platform.plugins.SettingsSchema.Rule;
import java.util.List;

/**
 * What is wrong with a value of a setting.
 *
 * @param rule what it does not keep to
 * @param words the rest of a sentence, for example {@code must be a whole number}
 * @param limits the numbers or options that belong to the rule
 */
record Misfit(Rule rule, String words, List<String> limits) {

    static Misfit of(Rule rule, String words, Object... limits) {
        return new Misfit(rule, words, List.of(limits).stream().map(String::valueOf).toList());
    }

    Fault at(String setting) {
        return new Fault(setting, setting + " " + words + ".", rule, limits, 0);
    }

    Fault at(String setting, int position) {
        return new Fault(setting, setting + " value " + position + " " + words + ".", rule, limits, position);
    }
}
