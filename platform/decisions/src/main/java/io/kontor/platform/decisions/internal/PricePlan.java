package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Product;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.api.pricing.PriceProposal;
import io.kontor.api.pricing.PriceRequest;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import java.time.Instant;
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

/** Looks at every active product with demand and a price, and leaves the prices that the store's policy proposes. */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + PriceDesk.PRICE_PLAN)
public final class PricePlan implements JobHandler {

    private final FamilyPipeline pipeline;
    private final DataAccess data;
    private final Demands demands;
    private final StorePrices prices;
    private final StockLevels stock;
    private final Proposals proposals;

    /** One product's turn. */
    private static final class PolicyAsked extends Asked<Optional<PriceProposal>> {

        private final PriceRequest request;

        PolicyAsked(String store, Optional<String> named, PriceRequest request) {
            super(store, Family.PRICING, List.of(PricePolicy.class), named);
            this.request = request;
        }

        @Override
        Optional<PriceProposal> ask(Object plugin, Turn turn) {
            Optional<PriceProposal> proposal = ((PricePolicy) plugin).propose(request);
            proposal.ifPresent(price -> {
                if (!price.proposal().kind().equals(ProposalEffects.PRICE) || !price.proposal().subject().equals(request.product().id())
                        || !(price.proposal().change().get("price") instanceof Number number && number.doubleValue() == price.price())
                        || !(price.proposal().change().get("currentPrice") instanceof Number)) {
                    throw new IllegalStateException("the plugin does not propose a price, with the current one, of the product asked for");
                }
            });
            return proposal;
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param pipeline asks the policies
     * @param data the catalogue
     * @param demands which products have demand
     * @param prices the shop's and its competitors'
     * @param stock what there is
     * @param proposals where the prices go
     */
    @Activate
    public PricePlan(@Reference FamilyPipeline pipeline, @Reference DataAccess data, @Reference Demands demands,
            @Reference StorePrices prices, @Reference StockLevels stock, @Reference Proposals proposals) {
        this.pipeline = pipeline;
        this.data = data;
        this.demands = demands;
        this.prices = prices;
        this.stock = stock;
        this.proposals = proposals;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        String store = request.store();
        Optional<String> policy = Optional.ofNullable((String) request.parameters().get("plugin"));
        DemandTable table = demands.of(store);
        StorePrices.Book book = prices.of(store);
        Map<String, Double> onHand = new HashMap<>();
        stock.all(store).forEach(level -> onHand.merge(level.product(), level.onHand(), Double::sum));
        Set<String> inactive = data.inactiveProducts(store);
        List<String> products = table.products().stream().filter(product -> !inactive.contains(product)).toList();
        List<Proposals.New> proposed = new ArrayList<>();
        Instant now = Instant.now();
        int looked = 0;
        int failed = 0;
        String failure = null;
        for (int i = 0; i < products.size(); i++) {
            context.checkCancelled();
            context.progress((double) i / products.size(), "product " + i + " of " + products.size() + ", " + proposed.size() + " proposals");
            String id = products.get(i);
            Optional<Product> catalogue = data.of(store).product(id);
            Optional<Double> current = book.own().current(id, catalogue, now);
            if (current.isEmpty()) {
                continue;
            }
            looked++;
            PriceRequest question = new PriceRequest(catalogue.orElseGet(() -> new Product(id, "", "", "", Double.NaN, Double.NaN, true)),
                    current.get(), book.own().prior(id, now).orElse(Double.NaN), onHand.getOrDefault(id, Double.NaN),
                    book.competitors().over(id, now, now.plusMillis(1)));
            try {
                Answer<Optional<PriceProposal>> answer = pipeline.ask(new PolicyAsked(store, policy, question));
                answer.value().ifPresent(price -> proposed.add(new Proposals.New("", new Answer<>(answer.requestId(), answer.servedBy(),
                        answer.fallback(), price.explained()), price.trail())));
            } catch (KontorException e) {
                if (e.kind() == KontorException.Kind.CONFIGURATION) {
                    throw e;
                }
                failed++;
                failure = e.getMessage();
                context.log("Product " + id + " was left out: " + e.getMessage());
            }
        }
        if (looked > 0 && failed == looked) {
            throw new KontorException(KontorException.Kind.PLUGIN, "The policy answered for none of " + looked + " products: " + failure);
        }
        proposals.renew(store, Family.PRICING, ProposalEffects.PRICE, proposed);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("products", looked);
        result.put("withoutPrice", products.size() - looked);
        result.put("failed", failed);
        result.put("proposals", proposed.size());
        return result;
    }
}
