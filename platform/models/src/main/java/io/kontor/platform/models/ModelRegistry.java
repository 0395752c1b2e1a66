package io.kontor.platform.models;

import io.kontor.platform.plugins.PluginTask;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** All models of all stores with their versions, metrics and aliases. A service; safe for use by several threads. */
@ProviderType
public interface ModelRegistry {

    /** Type of the job that trains; parameters {@code settings} (map, optional) and {@code seed} (number, optional). */
    String TRAIN_JOB = PluginTask.TRAIN;

    /** The alias of the model that serves. */
    String CHAMPION = "champion";

    /**
     * Models of a store, the newest first.
     *
     * @param store the store's id
     * @param plugin only of this plugin; null for all
     * @return the models
     */
    List<ModelVersion> list(String store, String plugin);

    /**
     * One model.
     *
     * @param store the store's id
     * @param id the model's id
     * @return the model, or empty
     */
    Optional<ModelVersion> find(String store, String id);

    /**
     * Gives a model an alias and takes it from the plugin's other models of the store. Moving {@code champion} swaps the live model; running
     * requests finish with the old one.
     *
     * @param store the store's id
     * @param id the model's id
     * @param alias champion, challenger or shadow
     * @return the model as it is then, or empty when there is no such model
     */
    Optional<ModelVersion> alias(String store, String id, String alias);

    /**
     * Takes an alias from a model.
     *
     * @param store the store's id
     * @param id the model's id
     * @param alias champion, challenger or shadow
     * @return false when the model does not exist or has no such alias
     */
    boolean removeAlias(String store, String id, String alias);
}
