package io.kontor.platform.decisions;

import io.kontor.api.metric.Interval;
import org.osgi.annotation.versioning.ProviderType;

/** For whom placements can do what they are meant to do. A service; safe for use by several threads; takes some seconds. */
@ProviderType
public interface PlacementReadiness {

    /**
     * What a sample was answered.
     *
     * @param asked how many were asked for
     * @param full how many got a list of the placement's strategies alone
     * @param partly how many got a list that was filled up by a fallback
     * @param fallback how many got nothing of the strategies
     * @param ready which share got something of the strategies, 0 to 1; NaN when nobody was asked for
     * @param interval where that share lies among all with 95 %
     */
    record Served(int asked, int full, int partly, int fallback, double ready, Interval interval) {
    }

    /**
     * What a placement can do.
     *
     * @param customers for customers, on no product's page
     * @param products on the pages of products, for an unknown visitor
     */
    record Ready(Served customers, Served products) {
    }

    /**
     * Tries a placement on a sample of the store's customers and products. Nothing is logged.
     *
     * @param store the id of an existing store
     * @param placement a placement
     * @return what it can do
     */
    Ready of(String store, Placement placement);
}
