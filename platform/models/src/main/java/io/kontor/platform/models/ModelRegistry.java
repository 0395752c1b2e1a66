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

    /** The alias of the model that may be next. */
    String CHALLENGER = "challenger";

    /** The alias of the model that is asked beside the champion without anybody getting its answers. */
    String SHADOW = "shadow";

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
     * How a model was decided on when it was registered.
     *
     * @param promoted whether it became the champion at once
     * @param reason why, in one plain sentence
     * @param job the job that made it, or {@code import}
     */
    record Decision(boolean promoted, String reason, String job) {
    }

    /**
     * How a model was decided on.
     *
     * @param store the store's id
     * @param id the model's id
     * @return the decision, or empty when there is no such model
     */
    Optional<Decision> decision(String store, String id);

    /**
     * Gives a model an alias and takes it from the plugin's other models of the store. Moving {@code champion} swaps the live model; running
     * requests finish with the old one. A canary begins when {@code challenger} is given while the policy has a share for one, and ends when
     * the champion changes.
     *
     * @param store the store's id
     * @param id the model's id
     * @param alias champion, challenger or shadow
     * @param author who wants it, and why
     * @return the model as it is then, or empty when there is no such model
     */
    Optional<ModelVersion> alias(String store, String id, String alias, AliasChange.Author author);

    /**
     * Takes an alias from a model.
     *
     * @param store the store's id
     * @param id the model's id
     * @param alias champion, challenger or shadow
     * @param author who wants it, and why
     * @return false when the model does not exist or has no such alias
     */
    boolean removeAlias(String store, String id, String alias, AliasChange.Author author);

    /**
     * Goes back to the champion before. Going back twice goes back two champions; one that was gone back from is never gone back to.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param from only if this model is the champion, so that two who go back at once do so once; null for whichever
     * @param author who wants it, and why; its cause must be one that goes back
     * @return the champion as it is then; empty when there is none to go back to, or another one is the champion
     */
    Optional<ModelVersion> rollBack(String store, String plugin, String from, AliasChange.Author author);

    /**
     * Which models serve; from memory.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @return as it is at the moment
     */
    Release release(String store, String plugin);

    /**
     * A challenger that answers a share of the requests.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param release with a canary
     */
    record Trial(String store, String plugin, Release release) {
    }

    /**
     * All challengers that answer a share of the requests; from memory.
     *
     * @return as it is at the moment
     */
    List<Trial> trials();

    /**
     * All plugins whose champion is new and watched.
     *
     * @return them, of all stores; none of them twice
     */
    List<Trial> newChampions();

    /**
     * Changes how models of a plugin come to serve. A running canary gets the new share at once.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param policy without faults
     * @param author who wants it, and why
     * @return as it is then
     */
    Release policy(String store, String plugin, ReleasePolicy policy, AliasChange.Author author);

    /**
     * Changes of aliases and policies, the newest first.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param before only with smaller ids; {@link Long#MAX_VALUE} for the newest
     * @param limit at most so many
     * @return the changes
     */
    List<AliasChange> history(String store, String plugin, long before, int limit);
}
