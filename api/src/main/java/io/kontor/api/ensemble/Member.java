package io.kontor.api.ensemble;

import io.kontor.api.model.Training;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** An instance of a plugin during the training of an ensemble. For one thread. */
@ProviderType
public interface Member extends AutoCloseable {

    /**
     * The plugin's id.
     *
     * @return the PID
     */
    String plugin();

    /**
     * The version of its bundle.
     *
     * @return the version
     */
    String version();

    /**
     * The effective settings, defaults included; secrets are left out.
     *
     * @return values by name
     */
    Map<String, Object> settings();

    /**
     * Lets the plugin learn. A plugin that does not learn gives a member that answers without a model.
     *
     * @param training the records to learn from, the seed and the job
     * @return what it has learned; answers by this instance until that is closed, and by the store's own instance from then on
     * @throws io.kontor.api.KontorException as the plugin throws it, or of kind PLUGIN around anything else that it throws
     */
    TrainedMember train(Training training);

    @Override
    void close();
}
