package io.kontor.platform.models;

import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import java.util.Optional;

/** What every answer of a forecaster must keep to. Training and serving judge by this one rule, as for rankings. */
public final class ForecastContract {

    private ForecastContract() {
    }

    /**
     * Looks for a breach.
     *
     * @param forecast the answer; may be null
     * @param request what was asked
     * @return what is wrong, to be read after "the answer"; empty when all is well
     */
    public static Optional<String> violation(Forecast forecast, ForecastRequest request) {
        if (forecast == null) {
            return Optional.of("is null");
        } else if (forecast.mean().length != request.horizon() || forecast.quantiles().length != request.quantiles().length) {
            return Optional.of("has " + forecast.mean().length + " periods and " + forecast.quantiles().length + " quantiles where "
                    + request.horizon() + " and " + request.quantiles().length + " were asked for");
        } else if (forecast.reasons().size() > RankingContract.MAX_REASONS) {
            return Optional.of("has more than " + RankingContract.MAX_REASONS + " reasons");
        }
        for (Reason reason : forecast.reasons()) {
            if (reason.code().length() > RankingContract.MAX_TEXT || reason.text().length() > RankingContract.MAX_TEXT) {
                return Optional.of("gives a reason of more than " + RankingContract.MAX_TEXT + " characters");
            }
        }
        for (int h = 0; h < request.horizon(); h++) {
            if (!(forecast.mean()[h] >= 0 && forecast.mean()[h] < Double.POSITIVE_INFINITY)) {
                return Optional.of("expects a demand of " + forecast.mean()[h]);
            }
            double below = 0;
            for (double[] quantile : forecast.quantiles()) {
                if (!(quantile[h] >= below && quantile[h] < Double.POSITIVE_INFINITY)) {
                    return Optional.of("has quantiles that cross, or are not numbers from 0 on");
                }
                below = quantile[h];
            }
        }
        return Optional.empty();
    }
}
