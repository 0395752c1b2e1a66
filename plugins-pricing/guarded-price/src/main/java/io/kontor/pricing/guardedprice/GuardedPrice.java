package io.kontor.pricing.guardedprice;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.DemandCurves;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.api.pricing.PriceProposal;
import io.kontor.api.pricing.PriceRequest;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Proposes the price at which the expected profit is highest, and then holds it within guardrails, each of which leaves a trace: the largest
 * change, the margin over cost, the ending, and the gain below which a price is not worth changing. Where the cost is unknown, revenue takes
 * the place of profit.
 *
 * <p>Not knowing the elasticity exactly is part of the expectation: it is taken over the interval of the elasticity, which makes the policy
 * careful where little is known.
 */
@Plugin(family = Family.PRICING)
@Designate(ocd = GuardedPrice.Settings.class, factory = true)
@Component(name = "io.kontor.pricing.guarded-price", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class GuardedPrice implements PricePolicy {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final double WIDEST = 0.5;
    private static final int STEPS = 200;
    private static final double LEAST_CHANGE = 1e-4;
    private static final int DAYS_OF_WEEK = 7;

    private final Settings settings;
    private final StoreData data;
    private final DemandCurves curves;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/guardedprice")
    public @interface Settings {

        /**
         * The largest change of a price at once.
         *
         * @return percent of the current price
         */
        @AttributeDefinition(name = "%maxChange", description = "%maxChange.help", min = "0.5", max = "50")
        double maxChange() default 10;

        /**
         * The least margin.
         *
         * @return percent of the price that must remain over the cost
         */
        @AttributeDefinition(name = "%minMargin", description = "%minMargin.help", min = "0", max = "95")
        double minMargin() default 10;

        /**
         * How prices end.
         *
         * @return any, 99 (as 4.99), 95, 9 (as 4.9) or 0 (whole)
         */
        @AttributeDefinition(name = "%ending", description = "%ending.help", options = {@Option(label = "%ending.any", value = "any"),
            @Option(label = "%ending.99", value = "99"), @Option(label = "%ending.95", value = "95"),
            @Option(label = "%ending.9", value = "9"), @Option(label = "%ending.0", value = "0")})
        String ending() default "any";

        /**
         * The gain below which a price stays.
         *
         * @return percent of today's expected profit, or revenue
         */
        @AttributeDefinition(name = "%minGain", description = "%minGain.help", min = "0", max = "50")
        double minGain() default 1;
    }

    /** Expected units a week and what they bring, at a price. */
    private record Outlook(double units, double revenue, double profit, boolean costKnown) {

        double goal() {
            return costKnown ? profit : revenue;
        }
    }

    /** What the product answers to a price with. */
    private record Curve(double current, double units, Elasticity elasticity, double cost) {

        Outlook at(double price) {
            double ratio = price / current;
            Elasticity e = elasticity;
            // Three points of the interval with the weights of Gauss-Hermite quadrature: exact for a normal distribution up to the fifth power.
            double half = (e.high() - e.low()) / 2 / 1.959963984540054 * Math.sqrt(3);
            double expected = units * (4 * Math.pow(ratio, e.value()) + Math.pow(ratio, e.value() - half)
                    + Math.pow(ratio, e.value() + half)) / 6;
            return new Outlook(expected, expected * price, expected * (price - cost), cost >= 0);
        }
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param curves how demand answers to price
     */
    @Activate
    public GuardedPrice(Settings settings, @Reference StoreData data, @Reference DemandCurves curves) {
        this.settings = settings;
        this.data = data;
        this.curves = curves;
    }

    @Override
    public Optional<PriceProposal> propose(PriceRequest request) {
        String product = request.product().id();
        Elasticity elasticity = curves.elasticity(product).orElse(null);
        double[] demand = elasticity == null ? new double[0] : curves.demand(new DemandQuery(product,
                new double[] {request.currentPrice()}, 0, request.competitorPrice(), Map.of(), Optional.empty()));
        if (demand.length == 0 || demand[0] <= 0) {
            return Optional.empty();
        }
        Curve curve = new Curve(request.currentPrice(), demand[0] * DAYS_OF_WEEK, elasticity, request.product().cost());
        double best = best(curve);
        List<GuardrailStep> trail = trail(request, best);
        double price = trail.get(trail.size() - 1).after();
        Outlook before = curve.at(request.currentPrice());
        Outlook after = curve.at(price);
        double gain = before.goal() > 0 ? (after.goal() / before.goal() - 1) * 100 : after.goal() > before.goal() ? 100 : 0;
        if (Math.abs(price / request.currentPrice() - 1) < LEAST_CHANGE || gain < settings.minGain()) {
            return Optional.empty();
        }
        return Optional.of(new PriceProposal(price, best, trail, new Proposal("price", product, change(request, price),
                arithmetic(request, curve, best, trail, before, after), impact(before, after), reasons(curve, trail, gain, after))));
    }

    /** The price of the highest expected goal, half to one and a half times today's. */
    private static double best(Curve curve) {
        double best = curve.current;
        double goal = curve.at(best).goal();
        for (int i = 0; i <= STEPS; i++) {
            double price = curve.current * (1 - WIDEST + 2 * WIDEST * i / STEPS);
            double there = curve.at(price).goal();
            if (there > goal * (1 + 1e-12)) {
                goal = there;
                best = price;
            }
        }
        return best;
    }

    private List<GuardrailStep> trail(PriceRequest request, double best) {
        List<GuardrailStep> trail = new ArrayList<>();
        double current = request.currentPrice();
        double low = current * (1 - settings.maxChange() / 100);
        double high = current * (1 + settings.maxChange() / 100);
        double price = step(trail, "max-change", best, Math.max(low, Math.min(high, best)), settings.maxChange());
        double floor = 0;
        if (request.product().cost() >= 0) {
            floor = request.product().cost() / (1 - settings.minMargin() / 100);
            // A price that is below the floor already is not pushed up beyond the largest change.
            price = step(trail, "margin-floor", price, Math.max(price, Math.min(floor, high)), settings.minMargin());
        }
        step(trail, "ending", price, ended(current, price, Math.max(low, Math.min(floor, high)), high), 0);
        return trail;
    }

    private double step(List<GuardrailStep> trail, String guardrail, double before, double after, double bound) {
        trail.add(new GuardrailStep(guardrail, before, after, sentence("guardrail." + guardrail + (before != after ? "" : ".free"),
                before, after, bound)));
        return after;
    }

    /**
     * The nearest price with the ending asked for that lies within the bounds. Without one it is rounded to the currency's smallest unit,
     * unless today's price is finer itself, as prices of an ounce or a sheet are.
     */
    private double ended(double current, double price, double low, double high) {
        double fraction = switch (settings.ending()) {
            case "99" -> 0.99;
            case "95" -> 0.95;
            case "9" -> 0.9;
            case "0" -> 0;
            default -> Double.NaN;
        };
        double best = Double.NaN;
        for (double whole = Math.floor(price) - 2; !Double.isNaN(fraction) && whole <= Math.floor(price) + 2; whole++) {
            double candidate = Math.rint((whole + fraction) * 100) / 100;
            if (candidate >= low - 1e-9 && candidate <= high + 1e-9 && candidate > 0
                    && (Double.isNaN(best) || Math.abs(candidate - price) < Math.abs(best - price))) {
                best = candidate;
            }
        }
        if (!Double.isNaN(best)) {
            return best;
        }
        double units = Math.pow(10, Math.max(0, data.store().currency().getDefaultFractionDigits()));
        if (Math.abs(current * units - Math.rint(current * units)) > 1e-6) {
            return price;
        }
        double rounded = Math.rint(price * units);
        rounded += rounded / units < low - 1e-9 ? 1 : rounded / units > high + 1e-9 ? -1 : 0;
        return Math.max(1, rounded) / units;
    }

    private static Map<String, Object> change(PriceRequest request, double price) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("price", price);
        change.put("currentPrice", request.currentPrice());
        if (request.lowestPriorPrice() > 0) {
            change.put("lowestPriorPrice", request.lowestPriorPrice());
        }
        return change;
    }

    private List<ArithmeticLine> arithmetic(PriceRequest request, Curve curve, double best, List<GuardrailStep> trail, Outlook before,
            Outlook after) {
        List<ArithmeticLine> lines = new ArrayList<>();
        add(lines, "current", curve.current);
        add(lines, "elasticity", curve.elasticity.value());
        add(lines, "elasticity.low", curve.elasticity.low());
        add(lines, "elasticity.high", curve.elasticity.high());
        if (curve.cost >= 0) {
            add(lines, "cost", curve.cost);
        }
        add(lines, "units.before", before.units);
        add(lines, before.costKnown ? "profit.before" : "revenue.before", before.goal());
        add(lines, "best", best);
        trail.forEach(step -> add(lines, step.guardrail(), step.after()));
        add(lines, "units.after", after.units);
        add(lines, after.costKnown ? "profit.after" : "revenue.after", after.goal());
        if (request.lowestPriorPrice() > 0) {
            add(lines, "prior", request.lowestPriorPrice());
        }
        return lines;
    }

    private void add(List<ArithmeticLine> lines, String key, double value) {
        lines.add(new ArithmeticLine(words().getString("line." + key), Math.rint(value * 100) / 100));
    }

    private static Map<String, Double> impact(Outlook before, Outlook after) {
        Map<String, Double> impact = new LinkedHashMap<>();
        impact.put("unitsPerWeek", after.units - before.units);
        impact.put("revenuePerWeek", after.revenue - before.revenue);
        if (after.costKnown) {
            impact.put("profitPerWeek", after.profit - before.profit);
        }
        return impact;
    }

    private List<Reason> reasons(Curve curve, List<GuardrailStep> trail, double gain, Outlook after) {
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason("expected-gain", sentence(after.costKnown ? "reason.profit" : "reason.revenue", gain, 0, 0), gain));
        reasons.add(new Reason("elasticity-" + curve.elasticity.source(), sentence("reason." + curve.elasticity.source(),
                -curve.elasticity.value(), curve.elasticity.observations(), 0), curve.elasticity.value()));
        trail.stream().filter(GuardrailStep::bound).forEach(step ->
                reasons.add(new Reason("bound-" + step.guardrail(), step.text(), step.after() - step.before())));
        return reasons;
    }

    private String sentence(String key, double first, double second, double third) {
        return new MessageFormat(words().getString(key), data.store().locale()).format(new Object[] {first, second, third});
    }

    private ResourceBundle words() {
        Locale locale = data.store().locale();
        return ResourceBundle.getBundle("OSGI-INF.l10n.guardedprice", locale, getClass().getClassLoader(), STORE_LANGUAGE);
    }
}
