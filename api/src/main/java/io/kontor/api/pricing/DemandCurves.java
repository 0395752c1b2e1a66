package io.kontor.api.pricing;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store's demand models as other plugins use them, for example price policies: a store-scoped service of the platform, guarded and
 * with fallback. Safe for use by several threads.
 */
@ProviderType
public interface DemandCurves {

    /**
     * The price elasticity of a product.
     *
     * @param product the shop's own id
     * @return the elasticity, or empty for a product about which nothing can be said
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin of the family can answer for the store
     */
    Optional<Elasticity> elasticity(String product);

    /**
     * Expected demand at other prices.
     *
     * @param product the shop's own id
     * @param prices unit prices in the store's currency, above 0
     * @return expected units a day, one element a price; empty array for a product about which nothing can be said
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin of the family can answer for the store
     */
    double[] demand(String product, double[] prices);

    /**
     * Expected demand under given circumstances.
     *
     * @param query the prices that are tried, with what is known of promotion, competitors, other products and time
     * @return expected units a day, one element a price; empty array for a product about which nothing can be said
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin of the family can answer for the store
     */
    default double[] demand(DemandQuery query) {
        return demand(query.product(), query.prices());
    }
}
