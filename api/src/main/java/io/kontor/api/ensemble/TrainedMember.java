package io.kontor.api.ensemble;

import io.kontor.api.inventory.Forecaster;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.risk.RiskScorer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin with what it has learned, as a part of an ensemble's model. Its answers are those of the plugin itself. Asking fails with a
 * {@link io.kontor.api.KontorException}: of kind CONFIGURATION when the plugin is not enabled for the store any more, of kind CAPACITY while
 * too many questions wait for it or its model is being read, of kind PLUGIN when it is of another family, cannot read its model, or throws.
 * Immutable; safe for use by several threads.
 */
@ProviderType
public interface TrainedMember {

    /**
     * The plugin's id.
     *
     * @return the PID
     */
    String plugin();

    /**
     * The version of the bundle that has learned.
     *
     * @return the version
     */
    String version();

    /**
     * What it has learned, as the plugin writes it.
     *
     * @return the bytes, which must not be changed; none for a plugin that does not learn
     */
    byte[] bytes();

    /**
     * The plugin as one that ranks.
     *
     * @return asks the plugin
     */
    Recommender recommender();

    /**
     * The plugin as one that forecasts.
     *
     * @return asks the plugin
     */
    Forecaster forecaster();

    /**
     * The plugin as one that judges transactions.
     *
     * @param briefly whether reasons are wanted; see {@link io.kontor.api.risk.TrainedRiskScorer#assessBriefly}
     * @return asks the plugin
     */
    RiskScorer riskScorer(boolean briefly);
}
