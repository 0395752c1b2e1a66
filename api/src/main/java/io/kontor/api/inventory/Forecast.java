package io.kontor.api.inventory;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Expected demand. Arrays are not copied and must not be changed.
 *
 * @param mean expected units of each period; one element a period of the horizon
 * @param quantiles units by quantile and period, {@code [quantile][period]}, in the order asked for; never crossing, never below 0
 * @param method the method that was used, in the field's name, for example {@code ets(A,N,A)}
 * @param reasons why, the weightiest first
 * @param explanation how the expected units of all periods together came about, where the plugin can tell
 */
public record Forecast(double[] mean, double[][] quantiles, String method, List<Reason> reasons, Optional<Explanation> explanation) {

    /** Copies the reasons and checks the shape. */
    public Forecast {
        Objects.requireNonNull(method, "method");
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(explanation, "explanation");
        for (double[] quantile : quantiles) {
            if (quantile.length != mean.length) {
                throw new IllegalArgumentException("every quantile needs one value a period");
            }
        }
    }

    /**
     * A forecast without an explanation in numbers.
     *
     * @param mean expected units of each period
     * @param quantiles units by quantile and period
     * @param method the method that was used
     * @param reasons why
     */
    public Forecast(double[] mean, double[][] quantiles, String method, List<Reason> reasons) {
        this(mean, quantiles, method, reasons, Optional.empty());
    }
}
