package io.kontor.platform.stores.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ReferenceDTO;

/**
 * Writes and reads activations as factory configurations {@code PID~store.version}. The configuration carries the component's typed settings
 * and, for each reference to a service of the API, the filter that binds it to the store's own. It is bound to the location of one version of
 * the bundle. Targeted PIDs ({@code PID|bundle|version}) would say the same, but Felix's component runtime takes what stands before the first
 * bar for the identity of an instance, so that a second store on the same version would take the first one's instance away.
 */
@Component(service = ActivationConfigurations.class)
public final class ActivationConfigurations {

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
                        Objects.requireNonNullElse(configuration.getBundleLocation(), ""),
                        Boolean.TRUE.equals(properties.get(Properties.PINNED)), parse((String) properties.get(Properties.SETTINGS)),
                        number(properties.get(Properties.ENABLED_AT)), number(properties.get(Properties.REVISION))));
            }
        }
        return found;
    }

    private static long number(Object value) {
        return value instanceof Long number ? number : 0;
    }

    private Configuration[] list(String filter) {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (IOException | InvalidSyntaxException e) {
            throw failed(e);
        }
    }

    /** Where the framework has a plugin's bundle from. */
    String location(PluginDescriptor plugin) {
        return catalogue.bundle(plugin).map(Bundle::getLocation).orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION,
                "The bundle " + plugin.bundle() + " " + plugin.version() + " is being removed."));
    }

    /** Writes the configuration; it is durable when this returns. */
    void write(Enabled enabled, PluginDescriptor plugin) {
        update(enabled, enabled.name(), properties(enabled, plugin, enabled.settings()));
    }

    /** Writes a configuration that serves nobody. */
    void writeTrial(Enabled enabled, PluginDescriptor plugin, Map<String, Object> settings, String trial) {
        Dictionary<String, Object> properties = properties(enabled, plugin, settings);
        properties.put(Properties.TRIAL, trial);
        update(enabled, trialName(enabled, trial), properties);
    }

    void deleteTrial(Enabled enabled, String trial) {
        delete(configuration(enabled, trialName(enabled, trial)));
    }

    private static String trialName(Enabled enabled, String trial) {
        return enabled.name() + "." + trial;
    }

    /** By name and not by a filter: a filter is matched against every configuration that there is. */
    void delete(Enabled enabled) {
        delete(configuration(enabled, enabled.name()));
    }

    private static void delete(Configuration configuration) {
        try {
            configuration.delete();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void update(Enabled enabled, String name, Dictionary<String, Object> properties) {
        try {
            Configuration configuration = configuration(enabled, name);
            if (!enabled.location().equals(configuration.getBundleLocation())) {
                configuration.setBundleLocation(enabled.location());
            }
            configuration.update(properties);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Configuration configuration(Enabled enabled, String name) {
        try {
            return configurations.getFactoryConfiguration(enabled.plugin(), name, enabled.location());
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
        properties.put(Properties.REVISION, enabled.revision());
        properties.put(Properties.SETTINGS, text(enabled.settings()));
        storeScoped(plugin).forEach(reference -> properties.put(reference.name + ".target", target(reference, enabled.store())));
        return properties;
    }

    /** What the author asks of a service holds beside the store. */
    private static String target(ReferenceDTO reference, String store) {
        String own = "(" + Properties.STORE + "=" + store + ")";
        return reference.target == null || reference.target.isEmpty() ? own : "(&" + own + reference.target + ")";
    }

    private List<ReferenceDTO> storeScoped(PluginDescriptor plugin) {
        return catalogue.bundle(plugin).stream().flatMap(bundle -> components.getComponentDescriptionDTOs(bundle).stream())
                .filter(description -> List.of(description.configurationPid).contains(plugin.id()))
                .flatMap(description -> Arrays.stream(description.references))
                .filter(reference -> reference.interfaceName.startsWith(API)).toList();
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
