package io.kontor.platform.stores.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

/**
 * Writes and reads activations as factory configurations. The configuration carries the component's typed settings and, for each reference
 * to a service of the API, the filter that binds it to the store's own.
 */
@Component(service = ActivationConfigurations.class)
public final class ActivationConfigurations {

    private static final String ANY_LOCATION = "?";
    private static final String API = "io.kontor.api.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfigurationAdmin configurations;
    private final ServiceComponentRuntime components;
    private final PluginCatalogue catalogue;

    /**
     * Made by Declarative Services.
     *
     * @param configurations keeps the configurations
     * @param components knows the components' references
     * @param catalogue knows the plugins' bundles
     */
    @Activate
    public ActivationConfigurations(@Reference ConfigurationAdmin configurations, @Reference ServiceComponentRuntime components,
            @Reference PluginCatalogue catalogue) {
        this.configurations = configurations;
        this.components = components;
        this.catalogue = catalogue;
    }

    List<Enabled> readAll() {
        List<Enabled> found = new ArrayList<>();
        for (Configuration configuration : list("(&(" + Properties.PLUGIN + "=*)(" + Properties.STORE + "=*))")) {
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties.get(Properties.TRIAL) != null) {
                delete(configuration);
            } else {
                found.add(new Enabled((String) properties.get(Properties.STORE), (String) properties.get(Properties.PLUGIN),
                        (String) properties.get(Properties.BUNDLE), Version.parseVersion((String) properties.get(Properties.VERSION)),
                        Boolean.TRUE.equals(properties.get(Properties.PINNED)), parse((String) properties.get(Properties.SETTINGS)),
                        (Long) properties.get(Properties.ENABLED_AT)));
            }
        }
        return found;
    }

    private Configuration[] list(String filter) {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (IOException | InvalidSyntaxException e) {
            throw failed(e);
        }
    }

    /** Writes the configuration; it is durable when this returns. */
    void write(Enabled enabled, PluginDescriptor plugin) {
        update(enabled.factoryPid(), enabled.store(), properties(enabled, plugin, enabled.settings()));
    }

    /** Writes a configuration that serves nobody. */
    void writeTrial(Enabled enabled, PluginDescriptor plugin, Map<String, Object> settings, String trial) {
        Dictionary<String, Object> properties = properties(enabled, plugin, settings);
        properties.put(Properties.TRIAL, trial);
        update(enabled.factoryPid(), enabled.store() + "--" + trial, properties);
    }

    void deleteTrial(Enabled enabled, String trial) {
        for (Configuration configuration : list("(" + Properties.TRIAL + "=" + trial + ")")) {
            delete(configuration);
        }
    }

    void delete(Enabled enabled) {
        for (Configuration configuration : list("(service.pid=" + escape(enabled.pid()) + ")")) {
            delete(configuration);
        }
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\*()])", "\\\\$1");
    }

    private static void delete(Configuration configuration) {
        try {
            configuration.delete();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void update(String factoryPid, String name, Dictionary<String, Object> properties) {
        try {
            configurations.getFactoryConfiguration(factoryPid, name, ANY_LOCATION).update(properties);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Dictionary<String, Object> properties(Enabled enabled, PluginDescriptor plugin, Map<String, Object> settings) {
        Dictionary<String, Object> properties = new Hashtable<>(plugin.settings().typed(settings));
        properties.put(Properties.STORE, enabled.store());
        properties.put(Properties.PLUGIN, enabled.plugin());
        properties.put(Properties.BUNDLE, enabled.bundle());
        properties.put(Properties.VERSION, enabled.version().toString());
        properties.put(Properties.PINNED, enabled.pinned());
        properties.put(Properties.ENABLED_AT, enabled.enabledAt());
        properties.put(Properties.SETTINGS, text(enabled.settings()));
        for (String reference : storeScoped(plugin)) {
            properties.put(reference + ".target", "(" + Properties.STORE + "=" + enabled.store() + ")");
        }
        return properties;
    }

    private List<String> storeScoped(PluginDescriptor plugin) {
        List<String> names = new ArrayList<>();
        Bundle bundle = catalogue.bundle(plugin).orElse(null);
        if (bundle != null) {
            for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
                if (List.of(description.configurationPid).contains(plugin.id())) {
                    for (ReferenceDTO reference : description.references) {
                        if (reference.interfaceName.startsWith(API)) {
                            names.add(reference.name);
                        }
                    }
                }
            }
        }
        return names;
    }

    private static String text(Map<String, Object> settings) {
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw failed(e);
        }
    }

    private static Map<String, Object> parse(String text) {
        try {
            return JSON.readValue(text, new TypeReference<Map<String, Object>>() {
            });
        } catch (JsonProcessingException e) {
            throw failed(e);
        }
    }

    private static KontorException failed(Exception e) {
        return new KontorException(KontorException.Kind.INTERNAL, "The settings could not be read or written; the log tells more.", e);
    }
}
