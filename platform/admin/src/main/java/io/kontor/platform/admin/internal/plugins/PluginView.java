package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.SettingsSchema.Fault;
import io.kontor.platform.plugins.SettingsSchema.Rule;
import java.util.List;

/**
 * One plugin of a store.
 *
 * @param status how it does
 * @param form its settings
 * @param version the version that is asked for; empty to follow the newest
 * @param versions the versions to choose from
 * @param saved whether its settings were just saved
 * @param problem what is wrong beside the fields; empty when nothing is
 */
public record PluginView(StatusView status, SettingsForm form, String version, List<String> versions, boolean saved, String problem) {

    /**
     * The plugin.
     *
     * @return its entry
     */
    public PluginEntry plugin() {
        return status.plugin();
    }

    /**
     * What is wrong with a field, in the visitor's language.
     *
     * @param fault what the schema says
     * @param visit the request
     * @return a sentence
     */
    public static String words(Fault fault, Visit visit) {
        Object[] limits = fault.rule() == Rule.OPTION ? new Object[] {String.join(", ", fault.limits())} : fault.limits().toArray();
        String words = visit.text("plugins.fault." + fault.rule(), limits);
        return fault.position() == 0 ? words : visit.text("plugins.fault.position", fault.position(), words);
    }
}
