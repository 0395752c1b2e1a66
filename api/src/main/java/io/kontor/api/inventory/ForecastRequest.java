package io.kontor.api.inventory;

import io.kontor.api.data.DemandSeries;
import java.util.Objects;

/**
 * What is to be forecast. Arrays are not copied and must not be changed.
 *
 * @param history the demand up to the origin; the first forecast period follows its last
 * @param horizon how many periods, 1 to 1,000
 * @param quantiles which quantiles, each above 0 and below 1, ascending; may be empty
 * @param plannedPrice unit price of each period of the horizon; NaN where not planned; empty when nothing is
 * @param plannedPromotion share of each period with a promotion, 0 to 1; NaN where not planned; empty when nothing is
 */
public record ForecastRequest(DemandSeries history, int horizon, double[] quantiles, double[] plannedPrice,
        double[] plannedPromotion) {

    /** Checks the ranges. */
    public ForecastRequest {
        Objects.requireNonNull(history, "history");
        if (horizon < 1 || horizon > 1000) {
            throw new IllegalArgumentException("horizon must be 1 to 1000, not " + horizon);
        }
        double last = 0;
        for (double q : quantiles) {
            if (!(q > last && q < 1)) {
                throw new IllegalArgumentException("quantiles must be ascending, above 0 and below 1");
            }
            last = q;
        }
        if (plannedPrice.length != 0 && plannedPrice.length != horizon
                || plannedPromotion.length != 0 && plannedPromotion.length != horizon) {
            throw new IllegalArgumentException("planned values must be empty or as long as the horizon");
        }
    }
}
