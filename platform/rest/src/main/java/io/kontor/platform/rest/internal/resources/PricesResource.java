package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.decisions.PriceDesk.Simulated;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Prices: what a change would do, what was lowest before, and the plan. */
@Path("stores/{store}/prices")
@Component(service = Resource.class)
public final class PricesResource implements Resource {

    private static final int MOST_CHANGES = 1_000;
    private static final int LONGEST_ID = 255;

    private final PriceDesk desk;
    private final Jobs jobs;
    private final Stores stores;

    /**
     * A price to be tried.
     *
     * @param product the product
     * @param price its price
     * @param promotion share of the period with a promotion, 0 to 1; 0 when missing
     * @param competitorPrice what competitors ask for it; the price that holds now when missing
     */
    public record ChangeView(String product, Double price, Double promotion, Double competitorPrice) {
    }

    /**
     * Prices to be tried.
     *
     * @param changes up to 1,000, each product once
     * @param period first day of the period to look at; the one after the latest when missing
     * @param plugin the one plugin to ask; null for the store's pipeline
     */
    public record Trial(List<ChangeView> changes, String period, String plugin) {
    }

    /** Expected units, revenue and profit a week; profit is null where the cost is unknown. */
    public record OutlookView(Double units, Double revenue, Double profit) {

        static OutlookView of(double units, double price, double cost) {
            return Double.isNaN(units) ? new OutlookView(null, null, null)
                    : new OutlookView(units, units * price, cost >= 0 ? units * (price - cost) : null);
        }
    }

    /**
     * What a change would do a week.
     *
     * @param product the product
     * @param currentPrice today's price
     * @param price the price tried
     * @param elasticity null when nothing is known of the product
     * @param low lower end of the elasticity's 95 % interval
     * @param high upper end of it
     * @param before at today's price
     * @param after at the price tried
     * @param unitsLow fewest units within the interval
     * @param unitsHigh most units within the interval
     */
    public record SimulatedView(String product, Double currentPrice, double price, Double elasticity, Double low, Double high,
            OutlookView before, OutlookView after, Double unitsLow, Double unitsHigh) {

        static SimulatedView of(Simulated one) {
            return new SimulatedView(one.product(), one.currentPrice(), one.price(), one.elasticity().map(e -> e.value()).orElse(null),
                    one.elasticity().map(e -> e.low()).orElse(null), one.elasticity().map(e -> e.high()).orElse(null),
                    OutlookView.of(one.unitsBefore(), one.currentPrice(), one.cost()), OutlookView.of(one.unitsAfter(), one.price(),
                    one.cost()), number(one.unitsLow()), number(one.unitsHigh()));
        }

        private static Double number(double value) {
            return Double.isNaN(value) ? null : value;
        }
    }

    /**
     * What all changes together would do. Each product is asked about with the changed prices of the others.
     *
     * @param requestId names the answer
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     * @param items change by change
     * @param before all together at today's prices
     * @param after all together at the prices tried
     */
    public record TrialView(String requestId, ServedByView servedBy, String fallback, List<SimulatedView> items, OutlookView before,
            OutlookView after) {
    }

    /** The lowest price of the 30 days before a moment; null when none is known. */
    public record PriorView(String product, Instant at, Double lowestPrice) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     * @param jobs runs the plan
     * @param stores knows the time zones
     */
    @Activate
    public PricesResource(@Reference PriceDesk desk, @Reference Jobs jobs, @Reference Stores stores) {
        this.desk = desk;
        this.jobs = jobs;
        this.stores = stores;
    }

    /** Simulates. */
    @POST
    @Unaudited
    @Path("simulate")
    @Requires(Role.ANALYST)
    @Describe("Says what changes of prices, with promotions and competitors' prices where given, would do to units, revenue and profit a week.")
    public TrialView simulate(@PathParam("store") String store, Trial trial) {
        if (trial.changes() == null || trial.changes().isEmpty() || trial.changes().size() > MOST_CHANGES) {
            throw Problem.field(422, "changes", "must be 1 to " + MOST_CHANGES);
        }
        Set<String> seen = new HashSet<>();
        List<PriceDesk.Change> changes = new ArrayList<>();
        for (ChangeView change : trial.changes()) {
            if (change == null || change.product() == null || change.product().isEmpty() || change.product().length() > LONGEST_ID
                    || !seen.add(change.product())) {
                throw Problem.field(422, "changes.product", "must be a product's id, each once");
            } else if (change.price() == null || !(change.price() > 0 && change.price() < 1e12)) {
                throw Problem.field(422, "changes.price", "must be above 0");
            } else if (change.promotion() != null && !(change.promotion() >= 0 && change.promotion() <= 1)) {
                throw Problem.field(422, "changes.promotion", "must be 0 to 1");
            } else if (change.competitorPrice() != null && !(change.competitorPrice() > 0 && change.competitorPrice() < 1e12)) {
                throw Problem.field(422, "changes.competitorPrice", "must be above 0");
            }
            changes.add(new PriceDesk.Change(change.product(), change.price(), change.promotion() == null ? 0 : change.promotion(),
                    change.competitorPrice() == null ? Double.NaN : change.competitorPrice()));
        }
        Answer<List<Simulated>> answer = desk.simulate(store, changes, period(trial.period()),
                Optional.ofNullable(trial.plugin()));
        List<SimulatedView> items = answer.value().stream().map(SimulatedView::of).toList();
        return new TrialView(answer.requestId(), ServedByView.of(answer.servedBy()), answer.fallback().orElse(null), items,
                total(items.stream().map(SimulatedView::before).toList()), total(items.stream().map(SimulatedView::after).toList()));
    }

    private static Optional<LocalDate> period(String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw Problem.field(422, "period", "must be a date (YYYY-MM-DD)");
        }
    }

    private static OutlookView total(List<OutlookView> parts) {
        boolean profit = parts.stream().allMatch(part -> part.units() == null || part.profit() != null);
        return new OutlookView(parts.stream().filter(part -> part.units() != null).mapToDouble(OutlookView::units).sum(),
                parts.stream().filter(part -> part.units() != null).mapToDouble(OutlookView::revenue).sum(),
                profit ? parts.stream().filter(part -> part.units() != null).mapToDouble(OutlookView::profit).sum() : null);
    }

    /** Looks back. */
    @GET
    @Path("{product}/prior")
    @Requires(Role.VIEWER)
    @Describe("The lowest price of the 30 days before a date or time, which an announced reduction must name in the EU.")
    public PriorView prior(@PathParam("store") String store, @PathParam("product") String product, @QueryParam("at") String at) {
        Instant moment = at == null ? Instant.now() : moment(at, stores.find(store).<ZoneId>map(s -> s.timeZone()).orElse(ZoneOffset.UTC));
        return new PriorView(product, moment, desk.prior(store, product, moment).orElse(null));
    }

    private static Instant moment(String text, ZoneId zone) {
        try {
            return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(zone).toInstant() : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.field(422, "at", "must be a date (YYYY-MM-DD) or a time with an offset");
        }
    }

    /** Plans. */
    @POST
    @Path("plan")
    @Requires(Role.ANALYST)
    @Describe(value = "Looks at every product with demand and a price, and leaves proposals for prices.", status = 202)
    public Reply<JobView> plan(@PathParam("store") String store, @QueryParam("plugin") String plugin, Call call) {
        String id = jobs.submit(new JobRequest(PriceDesk.PRICE_PLAN, store, null, plugin == null ? Map.of() : Map.of("plugin", plugin),
                PriceDesk.PRICE_PLAN + "/" + store, call.starter()));
        return JobAnswers.started(jobs, id, call);
    }
}
