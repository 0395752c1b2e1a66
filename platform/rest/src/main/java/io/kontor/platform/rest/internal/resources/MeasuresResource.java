package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.Measures;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What recommendations led to. */
@Path("stores/{store}/recommendations/measures")
@Component(service = Resource.class)
public final class MeasuresResource implements Resource {

    private final Measures measures;

    /**
     * A measure with how sure it is.
     *
     * @param value the measure; null when there is nothing to divide by
     * @param low the true value is above this and below the next with 95 %; null likewise
     * @param high see low
     */
    public record EstimateView(Double value, Double low, Double high) {

        static EstimateView of(Measures.Estimate estimate) {
            return new EstimateView(finite(estimate.value()), finite(estimate.interval().low()), finite(estimate.interval().high()));
        }

        static Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /**
     * What answers led to.
     *
     * @param name the placement, plugin, experiment and variant with a slash between, or day; empty for answers without a placement
     * @param answers how many were given
     * @param impressions how many of them were seen, as far as the shop says
     * @param base how many cases the shares are of: impressions, or answers when the shop tells no impressions
     * @param clicks products clicked on
     * @param clickThroughRate which share of the base had a click
     * @param carts products put into the cart
     * @param purchases products bought after a click or by the shop's word
     * @param conversionRate which share of the base had such a purchase
     * @param revenue what they brought, less returns
     * @param viewThroughPurchases products bought that had been in an answer of the seven days before, without a known click
     * @param viewThroughRevenue what those brought
     */
    public record MeasureView(String name, long answers, long impressions, long base, long clicks, EstimateView clickThroughRate, long carts,
            long purchases, EstimateView conversionRate, EstimateView revenue, long viewThroughPurchases, EstimateView viewThroughRevenue) {

        static MeasureView of(Measures.Row row) {
            return new MeasureView(row.name(), row.answers(), row.impressions(), row.base(), row.clicks(), EstimateView.of(row.clickThrough()),
                    row.carts(), row.purchases(), EstimateView.of(row.conversion()), EstimateView.of(row.revenue()),
                    row.viewThroughPurchases(), EstimateView.of(row.viewThroughRevenue()));
        }
    }

    /**
     * Measures.
     *
     * @param by what they are added up by
     * @param items in order of their names
     */
    public record MeasuresView(String by, List<MeasureView> items) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param measures has them
     */
    @Activate
    public MeasuresResource(@Reference Measures measures) {
        this.measures = measures;
    }

    /** Tells. */
    @GET
    @Requires(Role.ANALYST)
    @Describe("What recommendations led to: impressions, clicks, carts, purchases, revenue by placement, strategy, variant, day or all.")
    public MeasuresView of(@PathParam("store") String store, @QueryParam("placement") String placement, @QueryParam("from") LocalDate from,
            @QueryParam("to") LocalDate to, @QueryParam("by") @DefaultValue("placement") String by) {
        if (from != null && to != null && from.isAfter(to)) {
            throw Problem.field(422, "from", "must not be after to");
        }
        return new MeasuresView(by, measures.of(store, placement == null || placement.isEmpty() ? null : placement, from, to, by(by)).stream()
                .map(MeasureView::of).toList());
    }

    private static Measures.By by(String text) {
        for (Measures.By by : Measures.By.values()) {
            if (by.name().toLowerCase(Locale.ROOT).equals(text)) {
                return by;
            }
        }
        throw Problem.field(422, "by", "must be placement, strategy, variant, day or all");
    }
}
