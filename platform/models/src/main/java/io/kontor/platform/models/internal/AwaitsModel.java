package io.kontor.platform.models.internal;

import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.stores.ActivationCheck;
import io.kontor.platform.stores.PluginInstance;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells operators that a plugin which learns cannot answer before one of its models is the champion. */
@Component
public final class AwaitsModel implements ActivationCheck {

    private final ChampionIndex index;
    private final PluginCatalogue catalogue;

    /**
     * The check.
     *
     * @param index which models serve
     * @param catalogue tells which plugins learn
     */
    @Activate
    public AwaitsModel(@Reference ChampionIndex index, @Reference PluginCatalogue catalogue) {
        this.index = index;
        this.catalogue = catalogue;
    }

    @Override
    public Optional<String> waitingFor(PluginInstance instance) {
        Key key = new Key(instance.store(), instance.plugin());
        if (index.champion(key).isPresent() || !learns(instance)) {
            return Optional.empty();
        }
        return Optional.of(index.trained(key) ? "Waiting: none of its models is the champion." : "Waiting: no model trained yet.");
    }

    private boolean learns(PluginInstance instance) {
        return catalogue.find(instance.plugin(), instance.version(), Locale.ROOT).map(PluginDescriptor::trainable).orElse(false);
    }
}
