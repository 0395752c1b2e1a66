package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.rest.internal.resources.MeasuresResource.EstimateView;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Experiments on placements. */
@Path("stores/{store}/experiments")
@Component(service = Resource.class)
public final class ExperimentsResource implements Resource {

    private final Experiments experiments;

    /**
     * A difference with what known customers had bought in the 90 days before their first answer taken off (CUPED).
     *
     * @param customers how many of both variants are known customers
     * @param difference the variant's adjusted mean less the first one's
     * @param low where the true difference lies with 95 % for one look
     * @param high see low
     * @param anytimeLow where it lies whenever one looks
     * @param anytimeHigh see anytimeLow
     * @param evidence the probability that stays valid whenever one looks
     * @param narrower by which share the interval for all looks is narrower than without, 0 to 1
     */
    public record AdjustedView(long customers, Double difference, Double low, Double high, Double anytimeLow, Double anytimeHigh,
            Double evidence, Double narrower) {

        static AdjustedView of(Experiments.Adjusted one) {
            return new AdjustedView(one.customers(), EstimateView.finite(one.difference()), EstimateView.finite(one.interval().low()),
                    EstimateView.finite(one.interval().high()), EstimateView.finite(one.anytime().low()),
                    EstimateView.finite(one.anytime().high()), EstimateView.finite(one.evidence()), EstimateView.finite(one.narrower()));
        }
    }

    /**
     * By how much a variant differs from the first one.
     *
     * @param measure clickers, buyers or revenue, each by customer or visitor
     * @param difference the variant's mean less the first one's
     * @param low where the true difference lies with 95 % for one look
     * @param high see low
     * @param pValue for one look
     * @param anytimeLow where it lies whenever one looks
     * @param anytimeHigh see anytimeLow
     * @param evidence the probability that stays valid whenever one looks; below 0.05 there is a difference
     * @param significant whether there is
     * @param adjusted the same with what customers had bought before taken off; null where that is not known or tells nothing
     */
    public record ComparisonView(String measure, Double difference, Double low, Double high, Double pValue, Double anytimeLow,
            Double anytimeHigh, Double evidence, boolean significant, AdjustedView adjusted) {

        static ComparisonView of(Experiments.Comparison one) {
            return new ComparisonView(one.measure().name().toLowerCase(Locale.ROOT), EstimateView.finite(one.difference()),
                    EstimateView.finite(one.interval().low()), EstimateView.finite(one.interval().high()), EstimateView.finite(one.pValue()),
                    EstimateView.finite(one.anytime().low()), EstimateView.finite(one.anytime().high()), EstimateView.finite(one.evidence()),
                    one.sign() != 0, one.adjusted().map(AdjustedView::of).orElse(null));
        }
    }

    /**
     * How a variant stands.
     *
     * @param variant its id
     * @param share its share of the visitors as it should be
     * @param units customers and visitors who were given answers
     * @param answers how many
     * @param impressions how many were seen, as far as the shop says
     * @param clickThroughRate which share of the impressions, or answers where the shop tells none, had a click
     * @param clickers which share of the units clicked
     * @param conversionRate which share of the units bought
     * @param revenuePerUnit what a unit brought on average
     * @param comparisons with the first variant
     */
    public record VariantView(String variant, double share, long units, long answers, long impressions, EstimateView clickThroughRate,
            EstimateView clickers, EstimateView conversionRate, EstimateView revenuePerUnit, List<ComparisonView> comparisons) {

        static VariantView of(Experiments.Standing one) {
            return new VariantView(one.variant(), one.share(), one.units(), one.answers(), one.impressions(),
                    EstimateView.of(one.clickThrough()), EstimateView.of(one.clickers()), EstimateView.of(one.buyers()),
                    EstimateView.of(one.revenue()), one.comparisons().stream().map(ComparisonView::of).toList());
        }
    }

    /**
     * How an experiment stands.
     *
     * @param experiment its id
     * @param days for how many days it has run
     * @param enough whether it has run for long enough and with enough units
     * @param sampleRatioPValue how probable it is that the variants got so many units by chance
     * @param sampleRatioMismatch whether that is below 0.001: then nothing else may be believed
     * @param verdict broken, too_early, no_difference, better or worse
     * @param best the variant that is better; null when none is
     * @param variants in their order
     */
    public record ResultsView(String experiment, double days, boolean enough, Double sampleRatioPValue, boolean sampleRatioMismatch,
            String verdict, String best, List<VariantView> variants) {

        static ResultsView of(Experiments.Results results) {
            return new ResultsView(results.experiment().id(), results.days(), results.enough(),
                    EstimateView.finite(results.sharesProbability()), results.sharesBroken(),
                    results.verdict().name().toLowerCase(Locale.ROOT), results.best().orElse(null),
                    results.variants().stream().map(VariantView::of).toList());
        }
    }

    /**
     * How an experiment shall end.
     *
     * @param winner the variant that becomes the placement; null to leave the placement as it is
     */
    public record Ending(String winner) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param experiments keeps them
     */
    @Activate
    public ExperimentsResource(@Reference Experiments experiments) {
        this.experiments = experiments;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the experiments of a store.")
    public Page<Experiment> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        return Page.of(experiments.list(store), limit, cursor, Experiment::id);
    }

    /** Shows. */
    @GET
    @Path("{experiment}")
    @Requires(Role.VIEWER)
    @Describe("Shows an experiment.")
    public Experiment find(@PathParam("store") String store, @PathParam("experiment") String id) {
        return experiments.find(store, id).orElseThrow(() -> gone(id));
    }

    /** Begins. */
    @PUT
    @Path("{experiment}")
    @Requires(Role.OPERATOR)
    @Describe("Begins an experiment on a placement, or changes the titles and the least run of one that runs.")
    public Experiment put(@PathParam("store") String store, @PathParam("experiment") String id, Experiment wanted, Call call) {
        if (wanted.id() != null && !wanted.id().equals(id)) {
            throw Problem.field(422, "id", "is not the one in the path");
        }
        try {
            return experiments.put(store, new Experiment(id, wanted.title(), wanted.placement(), wanted.variants(), wanted.minDays(),
                    wanted.minUnits(), null, null, null, null), call.principal().name());
        } catch (FormRefusedException e) {
            throw PlacementsResource.refused(e);
        }
    }

    /** Removes. */
    @DELETE
    @Path("{experiment}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes an experiment with all that was counted in it; its placement is answered as it is.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("experiment") String id) {
        if (!experiments.delete(store, id)) {
            throw gone(id);
        }
        return Reply.of(204, null);
    }

    /** Tells. */
    @GET
    @Path("{experiment}/results")
    @Requires(Role.ANALYST)
    @Describe("How an experiment stands: what each variant led to, and how sure the differences are, also with what customers had bought "
            + "before taken off.")
    public ResultsView results(@PathParam("store") String store, @PathParam("experiment") String id) {
        return experiments.results(store, id).map(ResultsView::of).orElseThrow(() -> gone(id));
    }

    /** Ends. */
    @POST
    @Path("{experiment}/finish")
    @Requires(Role.OPERATOR)
    @Describe("Ends an experiment; the winner's definition becomes the placement.")
    public Experiment finish(@PathParam("store") String store, @PathParam("experiment") String id, Ending ending, Call call) {
        if (experiments.find(store, id).isEmpty()) {
            throw gone(id);
        }
        try {
            return experiments.finish(store, id, Optional.ofNullable(ending.winner()), call.principal().name());
        } catch (FormRefusedException e) {
            throw PlacementsResource.refused(e);
        }
    }

    private static Problem gone(String id) {
        return Problem.of(404, "There is no experiment \"" + id + "\".");
    }
}
