package io.kontor.inventory.reorderpoint;

import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.Forecasts;
import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.api.inventory.ReplenishmentRequest;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
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

/**
 * Orders when stock, with what is on order, no longer covers demand until an order of the next review would arrive (a periodic review, order
 * up to policy with reorder point: Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, 4th edition, 2017,
 * chapter 6).
 *
 * <p>With demand a day of mean d and variance v, and a lead time of mean L and standard deviation s days, demand over the protection
 * interval of L + R days has the mean d (L + R) and the variance v (L + R) + d² s² (their equation 6.23). The reorder point adds z standard
 * deviations, z the normal quantile of the service level, which is the probability that no customer is turned away in an order cycle. The
 * quantity brings the position back to the reorder point and covers the larger of the economic order quantity (Harris, 1913) and the days
 * to be covered.
 */
@Plugin(family = Family.INVENTORY)
@Designate(ocd = ReorderPoint.Settings.class, factory = true)
@Component(name = "io.kontor.inventory.reorder-point", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ReorderPoint implements ReplenishmentPolicy {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int LONGEST = 1_000;
    private static final double DAYS_OF_YEAR = 365;
    /** Less than this is rounding. */
    private static final double LEAST = 1e-9;
    private static final double UPPER = 0.9;
    private static final double LOWER = 0.5;
    /** Distance of the quantiles 0.9 and 0.5 of a normal distribution in standard deviations. */
    private static final double UPPER_Z = 1.2815515655446004;

    private final Settings settings;
    private final StoreData data;
    private final Forecasts forecasts;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/reorderpoint")
    public @interface Settings {

        /**
         * How probable it should be that stock lasts until the next delivery.
         *
         * @return above 0.5 and below 1
         */
        @AttributeDefinition(name = "%serviceLevel", description = "%serviceLevel.help", min = "0.5", max = "0.999")
        double serviceLevel() default 0.95;

        /**
         * How often orders are looked at.
         *
         * @return days
         */
        @AttributeDefinition(name = "%reviewDays", description = "%reviewDays.help", min = "1", max = "90")
        int reviewDays() default 7;

        /**
         * How many days of demand an order should cover at least.
         *
         * @return days
         */
        @AttributeDefinition(name = "%coverDays", description = "%coverDays.help", min = "1", max = "365")
        int coverDays() default 14;
    }

    /** Demand of a span of days. */
    private record Demand(double daily, double mean, double deviation) {
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param forecasts the store's forecasts
     */
    @Activate
    public ReorderPoint(Settings settings, @Reference StoreData data, @Reference Forecasts forecasts) {
        this.settings = settings;
        this.data = data;
        this.forecasts = forecasts;
    }

    @Override
    public Optional<Proposal> propose(ReplenishmentRequest request) {
        double protection = request.leadTimeDays() + settings.reviewDays();
        Demand demand = demand(request, protection);
        double z = Normal.quantile(settings.serviceLevel());
        double safety = z * demand.deviation;
        double reorderPoint = demand.mean + safety;
        double position = request.onHand() + request.onOrder() - request.reserved();
        if (position >= reorderPoint || demand.mean <= 0) {
            return Optional.empty();
        }
        double cover = demand.daily * settings.coverDays();
        double economic = economic(request, demand.daily);
        double wanted = reorderPoint - position + Math.max(Double.isNaN(economic) ? 0 : economic, cover);
        double packs = Math.ceil(Math.max(wanted, request.minOrderQuantity()) / request.packSize() - LEAST);
        double quantity = packs * request.packSize();
        return Optional.of(new Proposal("order", request.product(), change(request, quantity),
                arithmetic(request, demand, protection, safety, reorderPoint, position, cover, economic, wanted, quantity),
                impact(request, demand, position, quantity), reasons(request, demand, reorderPoint, position, wanted, quantity),
                Optional.of(explanation(request, wanted, quantity))));
    }

    /** Demand over the days until an order of the next review arrives, from the mean and the spread of the daily forecast. */
    private Demand demand(ReplenishmentRequest request, double protection) {
        int days = (int) Math.min(LONGEST, Math.max(1, Math.ceil(protection)));
        Forecast forecast = forecasts.forecast(request.product(), request.location(), Step.DAY, days, new double[] {LOWER, UPPER});
        double sum = 0;
        double variance = 0;
        for (int day = 0; day < days; day++) {
            double share = Math.min(1, protection - day);
            sum += share * forecast.mean()[day];
            double deviation = Math.max(0, forecast.quantiles()[1][day] - forecast.quantiles()[0][day]) / UPPER_Z;
            variance += share * Math.max(deviation * deviation, Math.min(forecast.mean()[day], 1) * forecast.mean()[day]);
        }
        double covered = Math.min(protection, days);
        double daily = sum / covered;
        double late = daily * request.leadTimeStdDays();
        double scale = protection / covered;
        return new Demand(daily, sum * scale, Math.sqrt(variance * scale + late * late));
    }

    private static double economic(ReplenishmentRequest request, double daily) {
        double holding = request.holdingCostRate() * request.unitCost();
        return request.orderCost() > 0 && holding > 0 ? Math.sqrt(2 * daily * DAYS_OF_YEAR * request.orderCost() / holding) : Double.NaN;
    }

    private static Map<String, Object> change(ReplenishmentRequest request, double quantity) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("quantity", quantity);
        change.put("supplier", request.supplier());
        if (!request.location().isEmpty()) {
            change.put("location", request.location());
        }
        return change;
    }

    private List<ArithmeticLine> arithmetic(ReplenishmentRequest request, Demand demand, double protection, double safety,
            double reorderPoint, double position, double cover, double economic, double wanted, double quantity) {
        List<ArithmeticLine> lines = new ArrayList<>();
        add(lines, "daily", demand.daily);
        add(lines, "leadTime", request.leadTimeDays());
        add(lines, "protection", protection);
        add(lines, "expected", demand.mean);
        add(lines, "deviation", demand.deviation);
        add(lines, "safety", safety);
        add(lines, "reorderPoint", reorderPoint);
        add(lines, "onHand", request.onHand());
        add(lines, "onOrder", request.onOrder());
        add(lines, "reserved", request.reserved());
        add(lines, "position", position);
        add(lines, "gap", reorderPoint - position);
        if (!Double.isNaN(economic)) {
            add(lines, "economic", economic);
        }
        add(lines, "cover", cover);
        add(lines, "wanted", wanted);
        if (request.minOrderQuantity() > 0) {
            add(lines, "minimum", request.minOrderQuantity());
        }
        if (request.packSize() > 1) {
            add(lines, "pack", request.packSize());
        }
        add(lines, "quantity", quantity);
        return lines;
    }

    private void add(List<ArithmeticLine> lines, String key, double value) {
        lines.add(new ArithmeticLine(words().getString("line." + key), Math.rint(value * 100) / 100));
    }

    private static Map<String, Double> impact(ReplenishmentRequest request, Demand demand, double position, double quantity) {
        Map<String, Double> impact = new LinkedHashMap<>();
        impact.put("units", quantity);
        if (request.unitCost() >= 0) {
            impact.put("cost", quantity * request.unitCost());
        }
        impact.put("stockoutRisk", 1 - Normal.share((position - demand.mean) / Math.max(demand.deviation, 1e-9)));
        impact.put("stockoutRiskAfter", 1 - Normal.share((position + quantity - demand.mean) / Math.max(demand.deviation, 1e-9)));
        return impact;
    }

    private List<Reason> reasons(ReplenishmentRequest request, Demand demand, double reorderPoint, double position, double wanted,
            double quantity) {
        List<Reason> reasons = new ArrayList<>();
        reasons.add(reason("below-reorder-point", reorderPoint - position, position, reorderPoint));
        reasons.add(reason("days-left", Double.NaN, Math.max(0, position) / demand.daily, request.leadTimeDays()));
        if (wanted < request.minOrderQuantity()) {
            reasons.add(minimum(request, wanted));
        } else if (quantity > wanted + LEAST && request.packSize() > 1) {
            reasons.add(packs(request, wanted, quantity));
        }
        return reasons;
    }

    private Reason minimum(ReplenishmentRequest request, double wanted) {
        return reason("minimum-bound", request.minOrderQuantity() - wanted, request.minOrderQuantity(), wanted);
    }

    private Reason packs(ReplenishmentRequest request, double before, double quantity) {
        return reason(request.packSize() > 1 ? "rounded-to-packs" : "rounded-to-units", quantity - before, request.packSize(),
                quantity / request.packSize());
    }

    /** From the quantity wanted by the smallest order and the packs to that ordered, as far as they bound. */
    private Explanation explanation(ReplenishmentRequest request, double wanted, double quantity) {
        List<Contribution> bounds = new ArrayList<>();
        double least = Math.max(wanted, request.minOrderQuantity());
        if (least > wanted) {
            bounds.add(bound("minimum", minimum(request, wanted)));
        }
        if (quantity > least + LEAST) {
            bounds.add(bound("pack", packs(request, least, quantity)));
        }
        return new Explanation(Explanation.Kind.CONSTRAINTS, wanted, quantity, bounds);
    }

    private Contribution bound(String line, Reason why) {
        return new Contribution(why.code(), words().getString("line." + line), why.text(), why.weight());
    }

    private Reason reason(String code, double weight, double first, double second) {
        return new Reason(code, new MessageFormat(words().getString("reason." + code), data.store().locale())
                .format(new Object[] {first, second}), weight);
    }

    private ResourceBundle words() {
        Locale locale = data.store().locale();
        return ResourceBundle.getBundle("OSGI-INF.l10n.reorderpoint", locale, getClass().getClassLoader(), STORE_LANGUAGE);
    }
}
