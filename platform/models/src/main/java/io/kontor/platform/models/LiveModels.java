package io.kontor.platform.models;

import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The models that serve. Loaded on first use, let go when memory is short, swapped atomically on promotion. A service; safe for use by many
 * threads; a model that is loaded costs one map access.
 */
@ProviderType
public interface LiveModels {

    /**
     * A model ready to be asked.
     *
     * @param id the model's id
     * @param number its number
     * @param model the plugin's own object
     */
    record Live(String id, int number, Object model) {
    }

    /**
     * The champion of an instance's plugin and store.
     *
     * @param instance the instance
     * @param patience how long to wait while it is being loaded
     * @return the model, or empty when none is trained
     * @throws io.kontor.api.KontorException of kind CAPACITY when loading takes longer, of kind PLUGIN when the plugin cannot read the
     *     artifact, of kind INTERNAL when the artifact is missing or its checksum is wrong
     */
    Optional<Live> champion(PluginInstance instance, Duration patience);

    /**
     * The model with an alias, which is not the champion's stand-in: with {@code champion} it is the very model that should serve.
     *
     * @param instance the instance
     * @param alias champion, challenger or shadow
     * @param patience how long to wait while it is being loaded
     * @return the model, or empty when none has the alias
     * @throws io.kontor.api.KontorException as for the champion
     */
    default Optional<Live> bearer(PluginInstance instance, String alias, Duration patience) {
        return alias.equals(ModelRegistry.CHAMPION) ? champion(instance, patience) : Optional.empty();
    }

    /**
     * Which models serve; from memory, loads nothing.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return as it is at the moment
     */
    default Release release(String store, String plugin) {
        return Release.NONE;
    }

    /**
     * Whether there is a champion; from memory, loads nothing.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return true when one is registered
     */
    boolean hasChampion(String store, String plugin);
}
