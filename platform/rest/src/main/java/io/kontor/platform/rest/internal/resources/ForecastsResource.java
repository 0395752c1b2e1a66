package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.api.KontorException;
import io.kontor.api.data.Step;
import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.Unhurried;
import io.kontor.platform.rest.internal.routing.BodyLimit;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Json;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Demand forecasts. */
@Path("stores/{store}/forecasts")
@Component(service = Resource.class)
public final class ForecastsResource implements Resource {

    private static final int LONGEST = 1000;
    private static final int MOST_QUANTILES = 20;
    private static final int MOST_PRODUCTS = 100_000;
    private static final int BATCH_BYTES = 32 << 20;
    private static final int LONGEST_ID = 255;

    private final ForecastDesk desk;

    /**
     * What is expected of a period.
     *
     * @param date its first day
     * @param mean expected units
     * @param quantiles units by quantile
     */
    public record PointView(LocalDate date, double mean, Map<String, Double> quantiles) {
    }

    /**
     * A forecast.
     *
     * @param product the product
     * @param location null for all locations together
     * @param requestId names the answer
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     * @param method the method in the field's name
     * @param points period by period
     * @param reasons why
     * @param error why there is no answer on this line of a batch; missing otherwise
     */
    public record ForecastView(String product, String location, String requestId, ServedByView servedBy, String fallback, String method,
            List<PointView> points, List<Reason> reasons, @JsonInclude(JsonInclude.Include.NON_NULL) String error) {
    }

    /**
     * Many questions at once.
     *
     * @param products up to 100,000 ids; null for all products with demand
     * @param location null for all locations together
     * @param horizon how many periods; 28 when missing
     * @param step day, week or month; day when missing
     * @param quantiles 0.5 and 0.9 when missing
     * @param plugin the one plugin to ask; null for the store's pipeline
     */
    public record Batch(List<String> products, String location, Integer horizon, String step, List<Double> quantiles, String plugin) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     */
    @Activate
    public ForecastsResource(@Reference ForecastDesk desk) {
        this.desk = desk;
    }

    /** Forecasts. */
    @GET
    @Path("{product}")
    @Requires(Role.VIEWER)
    @Describe("Forecasts the demand of a product from the end of the store's records on.")
    public ForecastView forecast(@PathParam("store") String store, @PathParam("product") String product,
            @QueryParam("location") @DefaultValue("") String location, @QueryParam("horizon") @DefaultValue("28") int horizon,
            @QueryParam("step") @DefaultValue("day") String step, @QueryParam("quantiles") @DefaultValue("0.5,0.9") String quantiles,
            @QueryParam("plugin") String plugin) {
        return view(desk.forecast(store, new ForecastDesk.Question(id("product", product), id("location", location), step(step),
                horizon(horizon), quantiles(quantiles), plugin(plugin))));
    }

    /** Forecasts many. */
    @POST
    @Unaudited
    @Path("batch")
    @BodyLimit(BATCH_BYTES)
    @Requires(Role.VIEWER)
    @Describe(value = "Forecasts the demand of many products, one answer a line.", produces = "application/x-ndjson")
    public Reply<ForecastView> batch(@PathParam("store") String store, Batch batch) {
        if (batch.products() != null && batch.products().size() > MOST_PRODUCTS) {
            throw Problem.field(413, "products", "may have at most " + MOST_PRODUCTS + " ids");
        } else if (batch.products() != null) {
            batch.products().forEach(product -> id("products", product == null ? "" : product));
        }
        List<Double> quantiles = batch.quantiles() == null ? List.of(0.5, 0.9) : checked(batch.quantiles());
        ForecastDesk.Question any = new ForecastDesk.Question("", id("location", batch.location() == null ? "" : batch.location()),
                step(batch.step() == null ? "day" : batch.step()), horizon(batch.horizon() == null ? 28 : batch.horizon()), quantiles,
                plugin(batch.plugin()));
        List<String> products = batch.products() == null ? desk.products(store) : batch.products();
        ForecastView first = products.isEmpty() ? null : line(store, products.get(0), any, true);
        return Reply.streaming("application/x-ndjson", out -> {
            for (int i = 0; i < products.size(); i++) {
                out.write(Json.MAPPER.writeValueAsBytes(i == 0 ? first : line(store, products.get(i), any, false)));
                out.write('\n');
            }
            out.flush();
        });
    }

    /** A failure that would be every line's is the whole request's. */
    private ForecastView line(String store, String product, ForecastDesk.Question any, boolean first) {
        try {
            return view(Unhurried.ask(() -> desk.forecast(store, new ForecastDesk.Question(product, any.location(), any.step(),
                    any.horizon(), any.quantiles(), any.plugin()))));
        } catch (KontorException e) {
            if (first && e.kind() != KontorException.Kind.CAPACITY) {
                throw e;
            }
            return none(product, any, e.getMessage());
        } catch (NoSuchElementException e) {
            return none(product, any, e.getMessage());
        }
    }

    private static ForecastView none(String product, ForecastDesk.Question any, String error) {
        return new ForecastView(product, any.location().isEmpty() ? null : any.location(), null, null, null, null, List.of(), List.of(), error);
    }

    private static ForecastView view(Answer<ForecastDesk.Dated> answer) {
        ForecastDesk.Dated dated = answer.value();
        Forecast forecast = dated.forecast();
        List<PointView> points = new ArrayList<>(forecast.mean().length);
        for (int h = 0; h < forecast.mean().length; h++) {
            Map<String, Double> quantiles = new LinkedHashMap<>();
            for (int q = 0; q < forecast.quantiles().length; q++) {
                quantiles.put(Double.toString(dated.quantiles().get(q)), forecast.quantiles()[q][h]);
            }
            points.add(new PointView(dated.history().step().plus(dated.begin(), h), forecast.mean()[h], quantiles));
        }
        String location = dated.history().location();
        return new ForecastView(dated.history().product(), location.isEmpty() ? null : location, answer.requestId(),
                ServedByView.of(answer.servedBy()), answer.fallback().orElse(null), forecast.method(), points, forecast.reasons(), null);
    }

    private static String id(String field, String text) {
        if (text.length() > LONGEST_ID || text.indexOf('\0') >= 0 || text.isEmpty() && !field.equals("location")) {
            throw Problem.field(422, field, "must have 1 to " + LONGEST_ID + " characters and no NUL");
        }
        return text;
    }

    private static Step step(String text) {
        return Arrays.stream(Step.values()).filter(step -> step.name().toLowerCase(Locale.ROOT).equals(text)).findFirst()
                .orElseThrow(() -> Problem.field(422, "step", "must be day, week or month"));
    }

    private static int horizon(int horizon) {
        if (horizon < 1 || horizon > LONGEST) {
            throw Problem.field(422, "horizon", "must be 1 to " + LONGEST);
        }
        return horizon;
    }

    private static List<Double> quantiles(String text) {
        try {
            return checked(text.isEmpty() ? List.of() : Arrays.stream(text.split(",")).map(Double::valueOf).toList());
        } catch (NumberFormatException e) {
            throw Problem.field(422, "quantiles", "must be numbers separated by commas");
        }
    }

    private static List<Double> checked(List<Double> quantiles) {
        double last = 0;
        for (Double quantile : quantiles) {
            if (quantile == null || !(quantile > last && quantile < 1)) {
                throw Problem.field(422, "quantiles", "must be ascending, above 0 and below 1");
            }
            last = quantile;
        }
        if (quantiles.size() > MOST_QUANTILES) {
            throw Problem.field(422, "quantiles", "may be at most " + MOST_QUANTILES);
        }
        return quantiles;
    }

    private static Optional<String> plugin(String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(id("plugin", text));
    }
}
