package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.Activation;
import java.util.List;
import java.util.Optional;

/** Why a plugin waits: the common causes in the visitor's language, the rest as the platform says it. */
final class Reasons {

    private final PluginCatalogue catalogue;
    private final ModelRegistry models;

    Reasons(PluginCatalogue catalogue, ModelRegistry models) {
        this.catalogue = catalogue;
        this.models = models;
    }

    String of(Activation activation, Visit visit) {
        if (activation.state() != Activation.State.WAITING) {
            return activation.reason();
        }
        Optional<PluginDescriptor> plugin = catalogue.find(activation.plugin(), activation.version(), visit.locale());
        if (plugin.isEmpty()) {
            return visit.text("plugins.reason.absent", activation.version().toString());
        } else if (plugin.get().trainable() && activation.reason().contains("model")) {
            return lacksModel(activation, visit);
        }
        return activation.reason();
    }

    private String lacksModel(Activation activation, Visit visit) {
        List<ModelVersion> learned = models.list(activation.store(), activation.plugin());
        if (learned.isEmpty()) {
            return visit.text("plugins.reason.untrained");
        }
        boolean serves = learned.stream().anyMatch(model -> model.aliases().contains(ModelRegistry.CHAMPION));
        return serves ? activation.reason() : visit.text("plugins.reason.no-champion");
    }
}
