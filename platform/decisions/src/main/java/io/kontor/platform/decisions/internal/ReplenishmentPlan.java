package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Product;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Proposal;
import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.api.inventory.ReplenishmentRequest;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks at every product that has a supplier and a stock record, and leaves the orders that the store's policy proposes. Of several
 * suppliers the cheapest is taken, of equally cheap ones the fastest. A plan replaces the waiting proposals of the one before.
 */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + ForecastDesk.REPLENISHMENT_PLAN)
public final class ReplenishmentPlan implements JobHandler {

    private static final double SHORTEST_LEAD_TIME = 0.1;

    private final FamilyPipeline pipeline;
    private final DataAccess data;
    private final Demands demands;
    private final StockLevels stock;
    private final Proposals proposals;

    /** Terms of a supplier for a product; NaN where not said. */
    private record Terms(String supplier, double leadTime, double deviation, double minimum, double pack, double unitCost, double orderCost,
            double holdingRate) {

        boolean betterThan(Terms other) {
            int cost = Double.compare(unitCost, other.unitCost);
            return cost < 0 || cost == 0 && (leadTime < other.leadTime || leadTime == other.leadTime
                    && supplier.compareTo(other.supplier) < 0);
        }
    }

    /** One product's turn. */
    private static final class OrderAsked extends Asked<Optional<Proposal>> {

        private final ReplenishmentRequest request;

        OrderAsked(String store, Optional<String> named, ReplenishmentRequest request) {
            super(store, Family.INVENTORY, List.of(ReplenishmentPolicy.class), named);
            this.request = request;
        }

        @Override
        Optional<Proposal> ask(Object plugin, Turn turn) {
            Optional<Proposal> proposal = ((ReplenishmentPolicy) plugin).propose(request);
            proposal.ifPresent(order -> {
                if (!order.kind().equals(ProposalEffects.ORDER) || !order.subject().equals(request.product())
                        || !(order.change().get("quantity") instanceof Number quantity && quantity.doubleValue() > 0)) {
                    throw new IllegalStateException("the plugin proposes no order of a quantity of the product asked for");
                }
            });
            return proposal;
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the policies
     * @param data suppliers and products
     * @param demands which products have demand
     * @param stock what there is
     * @param proposals where the orders go
     */
    @Activate
    public ReplenishmentPlan(@Reference FamilyPipeline pipeline, @Reference DataAccess data, @Reference Demands demands,
            @Reference StockLevels stock, @Reference Proposals proposals) {
        this.pipeline = pipeline;
        this.data = data;
        this.demands = demands;
        this.stock = stock;
        this.proposals = proposals;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        String store = request.store();
        Optional<String> policy = Optional.ofNullable((String) request.parameters().get("plugin"));
        Map<String, Terms> supply = supply(store, context);
        DemandTable table = demands.of(store);
        Set<String> inactive = data.inactiveProducts(store);
        List<StockLevels.Level> levels = stock.all(store).stream().filter(level -> supply.containsKey(level.product())
                && !inactive.contains(level.product())).toList();
        List<Proposals.New> orders = new ArrayList<>();
        int looked = 0;
        int failed = 0;
        String failure = null;
        for (int i = 0; i < levels.size(); i++) {
            context.checkCancelled();
            context.progress((double) i / levels.size(), "product " + i + " of " + levels.size() + ", " + orders.size() + " orders");
            StockLevels.Level level = levels.get(i);
            if (table.series(level.product(), level.location(), Step.DAY).isEmpty()) {
                continue;
            }
            looked++;
            try {
                Answer<Optional<Proposal>> answer = pipeline.ask(new OrderAsked(store, policy, question(store, level,
                        supply.get(level.product()))));
                answer.value().ifPresent(order -> orders.add(new Proposals.New(level.location(),
                        new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), order), List.of())));
            } catch (KontorException e) {
                if (e.kind() == KontorException.Kind.CONFIGURATION) {
                    throw e;
                }
                failed++;
                failure = e.getMessage();
                context.log("Product " + level.product() + " was left out: " + e.getMessage());
            }
        }
        if (looked > 0 && failed == looked) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The policy answered for none of " + looked + " products: " + failure);
        }
        proposals.renew(store, Family.INVENTORY, ProposalEffects.ORDER, orders);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("products", looked);
        result.put("withoutDemand", levels.size() - looked);
        result.put("failed", failed);
        result.put("proposals", orders.size());
        return result;
    }

    private ReplenishmentRequest question(String store, StockLevels.Level level, Terms terms) {
        double cost = Double.isNaN(terms.unitCost)
                ? data.of(store).product(level.product()).map(Product::cost).orElse(Double.NaN) : terms.unitCost;
        return new ReplenishmentRequest(level.product(), level.location(), level.onHand(), level.onOrder(), level.reserved(), terms.supplier,
                Math.max(SHORTEST_LEAD_TIME, terms.leadTime), orElse(terms.deviation, 0), orElse(terms.minimum, 0),
                Math.max(1, orElse(terms.pack, 1)), cost, terms.orderCost, terms.holdingRate);
    }

    private static double orElse(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    private Map<String, Terms> supply(String store, JobContext context) {
        Map<String, Terms> best = new HashMap<>();
        StoreData records = data.of(store);
        try (Snapshot snapshot = records.snapshot()) {
            snapshot.read(Entity.SUPPLY, batch -> {
                context.checkCancelled();
                add(batch, best);
            });
        }
        return best;
    }

    private static void add(ColumnBatch batch, Map<String, Terms> best) {
        String[] products = batch.texts("productId");
        String[] suppliers = batch.texts("supplierId");
        double[][] numbers = new double[7][];
        String[] names = {"leadTimeDays", "leadTimeStdDays", "minOrderQuantity", "packSize", "unitCost", "orderCost", "holdingCostRate"};
        for (int k = 0; k < names.length; k++) {
            numbers[k] = batch.numbers(names[k]);
        }
        for (int i = 0; i < batch.size(); i++) {
            Terms terms = new Terms(suppliers[i], numbers[0][i], numbers[1][i], numbers[2][i], numbers[3][i], numbers[4][i], numbers[5][i],
                    numbers[6][i]);
            best.merge(products[i], terms, (one, other) -> other.betterThan(one) ? other : one);
        }
    }
}
