package io.kontor.platform.plugins;

import java.util.List;
import org.osgi.framework.Version;

/**
 * One plugin of one installed bundle version, made from the component's description and its Metatype definition. Immutable.
 *
 * @param id the component's PID
 * @param family see {@link io.kontor.api.plugin.Family}
 * @param title in the language asked for
 * @param description in the language asked for
 * @param baseline whether it is the family's baseline
 * @param trainable whether it learns a model ({@link io.kontor.api.model.Trainer})
 * @param tasks what it can do by the clock
 * @param pages what it brings for the admin UI
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param settings its typed settings
 */
public record PluginDescriptor(String id, String family, String title, String description, boolean baseline, boolean trainable,
        List<PluginTask> tasks, List<PluginPage> pages, String bundle, Version version, SettingsSchema settings) {
}
