package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** Brings together what the catalogue, the activations and the models know of a store's plugins. */
final class StorePlugins {

    private final PluginCatalogue catalogue;
    private final Activations activations;
    private final ModelRegistry models;

    StorePlugins(PluginCatalogue catalogue, Activations activations, ModelRegistry models) {
        this.catalogue = catalogue;
        this.activations = activations;
        this.models = models;
    }

    /** Everything that is installed or enabled, by family. */
    Map<String, List<PluginEntry>> byFamily(Visit visit) {
        Map<String, Activation> enabled = new HashMap<>();
        activations.list(visit.store().id()).forEach(each -> enabled.put(each.plugin(), each));
        List<ModelVersion> learned = models.list(visit.store().id(), null);
        Map<String, List<PluginEntry>> families = new TreeMap<>(PluginEntry.FAMILY_ORDER);
        versions(visit).forEach((id, versions) -> add(families, entry(visit, versions, enabled.remove(id), learned)));
        enabled.values().forEach(left -> add(families, left(visit, left)));
        return families;
    }

    private static void add(Map<String, List<PluginEntry>> families, PluginEntry entry) {
        families.computeIfAbsent(entry.family(), family -> new ArrayList<>()).add(entry);
    }

    /** The versions of each plugin by its id, the highest first. */
    Map<String, List<PluginDescriptor>> versions(Visit visit) {
        Map<String, List<PluginDescriptor>> byId = new LinkedHashMap<>();
        catalogue.plugins(visit.locale()).forEach(each -> byId.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each));
        return byId;
    }

    /** One plugin of the visit's store. */
    PluginEntry entry(Visit visit, String id) {
        List<PluginDescriptor> versions = versions(visit).get(id);
        Activation activation = activations.find(visit.store().id(), id).orElse(null);
        if (versions != null) {
            return entry(visit, versions, activation, models.list(visit.store().id(), id));
        } else if (activation != null) {
            return left(visit, activation);
        }
        throw Refusal.missing(visit);
    }

    private PluginEntry entry(Visit visit, List<PluginDescriptor> versions, Activation activation, List<ModelVersion> learned) {
        Version serving = activation == null ? versions.get(0).version() : activation.version();
        PluginDescriptor shown = versions.stream().filter(each -> each.version().equals(serving)).findFirst().orElse(versions.get(0));
        ModelVersion champion = learned.stream().filter(model -> model.provenance().plugin().equals(shown.id()))
                .filter(model -> model.aliases().contains(ModelRegistry.CHAMPION)).findFirst().orElse(null);
        return new PluginEntry(shown.id(), shown.family(), shown.title(), shown.description(), shown.baseline(), shown.trainable(),
                versions.stream().map(PluginDescriptor::version).toList(), activation,
                activation == null ? "" : visit.said(activation.reason()), champion);
    }

    private PluginEntry left(Visit visit, Activation activation) {
        return new PluginEntry(activation.plugin(), "", PluginEntry.shortName(activation.plugin()), "", false, false, List.of(), activation,
                visit.said(activation.reason()), null);
    }
}
