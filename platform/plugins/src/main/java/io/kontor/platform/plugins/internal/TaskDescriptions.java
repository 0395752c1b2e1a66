package io.kontor.platform.plugins.internal;

import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.api.job.ScheduledTask;
import io.kontor.api.job.Task;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.api.source.DataSource;
import io.kontor.platform.plugins.PluginTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.UnaryOperator;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** What a plugin can do by the clock, found from the descriptions of its own component and of those made from the same configuration. */
final class TaskDescriptions {

    private static final String ID = Task.PREFIX_ + "id";
    private static final String TITLES = "io.kontor.platform.plugins.tasks";

    private final Collection<ComponentDescriptionDTO> bundle;
    private final UnaryOperator<String> translation;
    private final Locale locale;

    /**
     * The descriptions of one bundle in one language.
     *
     * @param bundle all its components
     * @param translation finds the bundle's texts
     * @param locale the language
     */
    TaskDescriptions(Collection<ComponentDescriptionDTO> bundle, UnaryOperator<String> translation, Locale locale) {
        this.bundle = bundle;
        this.translation = translation;
        this.locale = locale;
    }

    /**
     * The tasks of one plugin.
     *
     * @param plugin its own component
     * @param trainable whether it learns a model
     * @return tasks; the platform's first
     */
    List<PluginTask> of(ComponentDescriptionDTO plugin, boolean trainable) {
        List<PluginTask> tasks = new ArrayList<>();
        List<String> services = List.of(plugin.serviceInterfaces);
        if (trainable) {
            tasks.add(builtIn(PluginTask.TRAIN, time(plugin, "trainAt", "H 2 * * *"), PluginTask.TRAIN));
            tasks.add(builtIn(PluginTask.MONITOR, "H 1 * * *", PluginTask.MONITOR));
        }
        if (services.contains(ReplenishmentPolicy.class.getName())) {
            tasks.add(builtIn(PluginTask.PLAN, time(plugin, "planAt", "H 5 * * *"), PluginTask.REPLENISHMENT_PLAN));
        }
        if (services.contains(PricePolicy.class.getName())) {
            tasks.add(builtIn(PluginTask.PLAN, time(plugin, "planAt", "H 5 * * *"), PluginTask.PRICE_PLAN));
        }
        if (services.contains(DataSource.class.getName())) {
            tasks.add(builtIn(PluginTask.READ, time(plugin, "readAt", "H * * * *"), PluginTask.READ));
        }
        bundle.stream().filter(component -> List.of(component.configurationPid).contains(plugin.configurationPid[0])
                && List.of(component.serviceInterfaces).contains(ScheduledTask.class.getName())
                && component.properties.get(ID) instanceof String).map(component -> own(component.properties)).forEach(tasks::add);
        return tasks;
    }

    /** The default is the one of the annotation, for bundles built before it was there. */
    private static String time(ComponentDescriptionDTO plugin, String element, String byDefault) {
        return plugin.properties.get(Plugin.PREFIX_ + element) instanceof String cron ? cron : byDefault;
    }

    /** The language that the titles of the platform's tasks have for a language asked for. */
    static Locale nearest(Locale locale) {
        return titles(locale).getLocale();
    }

    private static ResourceBundle titles(Locale locale) {
        return ResourceBundle.getBundle(TITLES, locale, TaskDescriptions.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private PluginTask builtIn(String id, String cron, String job) {
        return new PluginTask(id, titles(locale).getString(job), cron, true, job);
    }

    private PluginTask own(Map<String, Object> properties) {
        String id = (String) properties.get(ID);
        String title = properties.get(Task.PREFIX_ + "title") instanceof String text ? translation.apply(text) : id;
        String cron = properties.get(Task.PREFIX_ + "cron") instanceof String text ? text : "";
        return new PluginTask(id, title, cron, !Boolean.FALSE.equals(properties.get(Task.PREFIX_ + "enabled")), PluginTask.OWN);
    }
}
