package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.PluginTask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the components of a jar that do tasks must say. */
final class TaskRules {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    private static final Set<String> BUILT_IN = Set.of(PluginTask.TRAIN, PluginTask.MONITOR, PluginTask.PLAN, PluginTask.READ);

    private TaskRules() {
    }

    /**
     * Judges the tasks of a jar.
     *
     * @param components all components of the jar
     * @throws io.kontor.platform.plugins.BundleRefusedException when a task could never be done
     */
    static void check(List<ComponentXml> components) {
        List<String> plugins = ComponentXml.plugins(components);
        Set<String> ids = new HashSet<>();
        for (ComponentXml component : components) {
            if (component.task() != null) {
                check(component, plugins);
                if (!ids.add(component.pid() + "/" + component.task())) {
                    throw Refusals.unacceptable("Two components claim the task " + component.task() + " of the plugin " + component.pid()
                        + ".");
                }
            }
        }
    }

    private static void check(ComponentXml component, List<String> plugins) {
        if (!component.requiresConfiguration() || !plugins.contains(component.pid())) {
            throw Refusals.unacceptable("The task " + component.task() + " belongs to no plugin: its component " + component.name()
                + " must have the id of a plugin of this bundle as configurationPid, and configurationPolicy = REQUIRE.");
        }
        if (!ID.matcher(component.task()).matches() || BUILT_IN.contains(component.task())) {
            throw Refusals.unacceptable("The task id \"" + component.task() + "\" must have 1 to 50 characters a to z, 0 to 9 or hyphen,"
                + " begin with no hyphen, and be none of train, monitor, plan and read.");
        }
    }
}
