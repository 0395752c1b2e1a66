package io.kontor.api.ensemble;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugins of a store that an ensemble can be made of: a store-scoped service of the platform. A plugin that refers to it with a plain
 * {@code @Reference} is an ensemble, and is never a member of another one. Baselines can be members. Safe for use by several threads.
 */
@ProviderType
public interface Members {

    /**
     * The plugins of a family that are enabled for the store, give answers that {@link TrainedMember} can ask for, and are no ensembles.
     *
     * @param family see {@link io.kontor.api.plugin.Family}
     * @return their ids in order
     */
    List<String> of(String family);

    /**
     * Makes an instance of a plugin for one training, with the settings that the store has given it.
     *
     * @param plugin its id
     * @return the instance; to be closed when the training ends
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when it is no longer enabled, of kind PLUGIN when it cannot be started
     */
    Member open(String plugin);

    /**
     * Takes up what a member had learned. Never fails: a member whose plugin has gone, or whose plugin cannot read the bytes, fails when it is
     * asked, and answers again when the plugin has come back.
     *
     * @param plugin the plugin's id
     * @param version the version of its bundle that wrote the bytes
     * @param bytes what {@link TrainedMember#bytes} gave
     * @return the member
     */
    TrainedMember read(String plugin, String version, byte[] bytes);

    /**
     * Asks members, all at once when somebody waits for the answer. A question that fails, or that is not answered when most of the time which
     * the platform's guard gives the ensemble is over, has no answer; its thread is interrupted. In a training, where nobody waits, they are
     * asked one after the other and without haste, so that models are judged by all of their members.
     *
     * @param questions one a member, each of which asks one {@link TrainedMember}
     * @param <T> the type of the answers
     * @return the answers in the order of the questions
     */
    <T> List<Optional<T>> ask(List<? extends Callable<? extends T>> questions);
}
