package io.kontor.platform.plugins.internal;

import io.kontor.api.plugin.Plugin;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.PluginTask;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The plugins of one active bundle, described per language when first asked for. Safe for use by several threads. */
final class CatalogueEntry {

    /** The manifest header that lists the component descriptions. */
    static final String SERVICE_COMPONENT = "Service-Component";

    private static final String FAMILY = Plugin.PREFIX_ + "family";
    private static final String BASELINE = Plugin.PREFIX_ + "baseline";
    private static final Pattern TRAINED = Pattern.compile("io\\.kontor\\.api\\.[a-z]+\\.Trained[A-Z].*");

    private final Bundle bundle;
    private final ServiceComponentRuntime runtime;
    private final int expected;
    private final Map<Locale, List<PluginDescriptor>> byLocale = new ConcurrentHashMap<>();
    private volatile PluginSettings settings;
    private volatile Collection<ComponentDescriptionDTO> described;

    /**
     * An entry.
     *
     * @param bundle an active bundle with component descriptions
     * @param runtime the component runtime
     */
    CatalogueEntry(Bundle bundle, ServiceComponentRuntime runtime) {
        this.bundle = bundle;
        this.runtime = runtime;
        this.expected = bundle.getHeaders("").get(SERVICE_COMPONENT).split(",").length;
    }

    Bundle bundle() {
        return bundle;
    }

    /**
     * The bundle's plugins.
     *
     * @param locale the language asked for
     * @return descriptors; empty until the component runtime has read the descriptions
     */
    List<PluginDescriptor> plugins(Locale locale) {
        Collection<ComponentDescriptionDTO> all = components();
        List<ComponentDescriptionDTO> plugins = all.stream().filter(CatalogueEntry::isPlugin).toList();
        if (plugins.isEmpty()) {
            return List.of();
        }
        if (settings == null) {
            settings = new PluginSettings(bundle);
        }
        Locale nearest = settings.nearest(locale);
        List<PluginDescriptor> known = byLocale.get(nearest);
        if (known != null && known.size() == plugins.size()) {
            return known;
        }
        List<PluginDescriptor> descriptors = plugins.stream().map(plugin -> descriptor(plugin, all, nearest)).toList();
        byLocale.put(nearest, descriptors);
        return descriptors;
    }

    /** The component runtime hears of a started bundle at the same time as the catalogue: what it says is kept only once it is complete. */
    private Collection<ComponentDescriptionDTO> components() {
        if (described != null) {
            return described;
        }
        Collection<ComponentDescriptionDTO> all = runtime.getComponentDescriptionDTOs(bundle);
        if (all.size() >= expected) {
            described = all;
        }
        return all;
    }

    private static boolean isPlugin(ComponentDescriptionDTO component) {
        return component.properties.get(FAMILY) instanceof String && "require".equals(component.configurationPolicy)
            && component.configurationPid.length > 0;
    }

    private PluginDescriptor descriptor(ComponentDescriptionDTO component, Collection<ComponentDescriptionDTO> all, Locale locale) {
        String id = component.configurationPid[0];
        PluginSettings.Texts texts = settings.texts(id, component.properties, locale);
        boolean trainable = List.of(component.serviceInterfaces).stream().anyMatch(service -> TRAINED.matcher(service).matches());
        List<PluginTask> tasks = new TaskDescriptions(all, text -> settings.text(text, locale), locale).of(component, trainable);
        return new PluginDescriptor(id, (String) component.properties.get(FAMILY), texts.title(), texts.description(),
            Boolean.TRUE.equals(component.properties.get(BASELINE)), trainable, tasks,
            PageDescriptions.of(component, all, text -> settings.text(text, locale)), bundle.getSymbolicName(),
            bundle.getVersion(), texts.settings());
    }
}
