package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.RecommendationDesk.Device;
import io.kontor.platform.decisions.Recommended;
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
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Recommendations. */
@Path("stores/{store}/recommendations")
@Component(service = Resource.class)
public final class RecommendationsResource implements Resource {

    private static final int MOST_ITEMS = 1000;
    private static final int MOST_SESSION_PRODUCTS = 200;
    private static final int MOST_CUSTOMERS = 100_000;
    private static final int LONGEST_ID = 255;
    private static final int BATCH_BYTES = 32 << 20;

    private final RecommendationDesk desk;

    /**
     * A recommended product.
     *
     * @param product the shop's own id
     * @param rank from 1
     * @param score the higher the better; only comparable within one answer
     * @param reasons why, in the store's language
     * @param strategy the plugin that gave it, or catalogue, rule or shop; missing without a placement
     * @param rule the rule that moved it last; missing when none did
     * @param level which link of the placement's chain gave it, 0 for its strategies; missing without a placement
     */
    public record ItemView(String product, int rank, double score, List<Reason> reasons,
            @JsonInclude(JsonInclude.Include.NON_NULL) String strategy, @JsonInclude(JsonInclude.Include.NON_NULL) String rule,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer level) {
    }

    /**
     * An answer.
     *
     * @param customer whom a line of a batch is for; missing in single answers
     * @param requestId names the answer in feedback
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     * @param placement the store's placement that made the list; missing when none did
     * @param fallbackLevel how far down the placement's chain the list reaches, 0 when its strategies filled it; missing without a placement
     * @param experiment the experiment that runs there; missing when none does
     * @param variant the variant of it that made the list; missing likewise
     * @param items best first
     * @param error why there is no answer on this line of a batch; missing otherwise
     */
    public record RecommendationView(@JsonInclude(JsonInclude.Include.NON_NULL) String customer, String requestId, ServedByView servedBy,
            String fallback, @JsonInclude(JsonInclude.Include.NON_NULL) String placement,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer fallbackLevel, @JsonInclude(JsonInclude.Include.NON_NULL) String experiment,
            @JsonInclude(JsonInclude.Include.NON_NULL) String variant, List<ItemView> items,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error) {
    }

    /**
     * Many questions at once.
     *
     * @param customers up to 100,000 ids
     * @param n how many items each; 10 when missing
     * @param plugin the one plugin to ask; null for the store's pipeline
     * @param placement where the lists will stand; null when not said
     */
    public record Batch(List<String> customers, Integer n, String plugin, String placement) {
    }

    /**
     * A list of products to be ordered for a person.
     *
     * @param customer the customer's id; null for an unknown visitor
     * @param session products of the running visit, oldest first; null for none
     * @param placement where the list will stand; null when not said
     * @param plugin the one plugin to ask; null for the placement's or the store's
     * @param products 1 to 1,000 ids in the shop's order
     * @param n how many to give back; all when missing
     * @param weight how much the plugins count beside the shop's order, 0 to 1; what the placement says when missing, else 0.5
     * @param device desktop, mobile or tablet; null when not said
     */
    public record GivenList(String customer, List<String> session, String placement, String plugin, List<String> products, Integer n,
            Double weight, String device) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     */
    @Activate
    public RecommendationsResource(@Reference RecommendationDesk desk) {
        this.desk = desk;
    }

    /** Recommends. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Recommends products to a customer, for a product page or for a running visit; device is desktop, mobile or tablet, by which a "
            + "placement that learns chooses too.")
    public RecommendationView recommend(@PathParam("store") String store, @QueryParam("placement") String placement,
            @QueryParam("plugin") String plugin, @QueryParam("customer") String customer, @QueryParam("product") String product,
            @QueryParam("session") String session, @QueryParam("visitor") String visitor,
            @QueryParam("device") String device, @QueryParam("n") @DefaultValue("10") int n) {
        List<String> visit = session == null || session.isEmpty() ? List.of()
                : Arrays.stream(session.split(",")).filter(s -> !s.isEmpty()).toList();
        if (visit.size() > MOST_SESSION_PRODUCTS) {
            throw Problem.field(422, "session", "may have at most " + MOST_SESSION_PRODUCTS + " products");
        }
        visit.forEach(id -> checkId("session", id));
        RecommendationDesk.Question question = new RecommendationDesk.Question(id("placement", placement), id("customer", customer),
                id("product", product), visit, items(n), id("plugin", plugin), id("visitor", visitor), device(device));
        return view(null, desk.recommend(store, question));
    }

    /** Recommends to many. */
    @POST
    @Unaudited
    @Path("batch")
    @BodyLimit(BATCH_BYTES)
    @Requires(Role.VIEWER)
    @Describe(value = "Recommends to many customers, one answer a line.", produces = "application/x-ndjson")
    public Reply<RecommendationView> batch(@PathParam("store") String store, Batch batch) {
        if (batch.customers() == null) {
            throw Problem.field(422, "customers", "is required");
        } else if (batch.customers().size() > MOST_CUSTOMERS) {
            throw Problem.field(413, "customers", "may have at most " + MOST_CUSTOMERS + " ids");
        }
        for (String customer : batch.customers()) {
            if (customer == null || customer.isEmpty()) {
                throw Problem.field(422, "customers", "must not contain null or empty ids");
            }
            checkId("customers", customer);
        }
        int n = items(batch.n() == null ? 10 : batch.n());
        Optional<String> placement = id("placement", batch.placement());
        Optional<String> plugin = id("plugin", batch.plugin());
        List<String> customers = batch.customers();
        RecommendationView first = customers.isEmpty() ? null : answer(store, customers.get(0), n, placement, plugin, true);
        return Reply.streaming("application/x-ndjson", out -> {
            for (int i = 0; i < customers.size(); i++) {
                write(out, i == 0 ? first : answer(store, customers.get(i), n, placement, plugin, false));
            }
            out.flush();
        });
    }

    /** Ranks a given list. */
    @POST
    @Unaudited
    @Path("rerank")
    @Requires(Role.VIEWER)
    @Describe("Orders a list of products, as search results, for a customer or a running visit; nothing but given products is answered.")
    public RecommendationView rerank(@PathParam("store") String store, GivenList given) {
        List<String> products = given.products() == null ? List.of() : given.products();
        if (products.isEmpty() || products.size() > MOST_ITEMS) {
            throw Problem.field(422, "products", "must have 1 to " + MOST_ITEMS + " ids");
        }
        products.forEach(product -> checkGiven("products", product));
        List<String> session = given.session() == null ? List.of() : given.session();
        if (session.size() > MOST_SESSION_PRODUCTS) {
            throw Problem.field(422, "session", "may have at most " + MOST_SESSION_PRODUCTS + " products");
        }
        session.forEach(product -> checkGiven("session", product));
        if (given.weight() != null && !(given.weight() >= 0 && given.weight() <= 1)) {
            throw Problem.field(422, "weight", "must be 0 to 1");
        }
        return view(null, desk.rerank(store, products, new RecommendationDesk.Question(id("placement", given.placement()),
                id("customer", given.customer()), Optional.empty(), session, items(given.n() == null ? products.size() : given.n()),
                id("plugin", given.plugin()), Optional.empty(), device(given.device())), Optional.ofNullable(given.weight())));
    }

    static void checkGiven(String field, String id) {
        if (id == null || id.isEmpty()) {
            throw Problem.field(422, field, "must not contain null or empty ids");
        }
        checkId(field, id);
    }

    private RecommendationView answer(String store, String customer, int n, Optional<String> placement, Optional<String> plugin,
            boolean first) {
        try {
            return view(customer, Unhurried.ask(() -> desk.recommend(store, new RecommendationDesk.Question(placement,
                    Optional.of(customer), Optional.empty(), List.of(), n, plugin))));
        } catch (KontorException e) {
            if (first && e.kind() != KontorException.Kind.CAPACITY) {
                throw e;
            }
            return new RecommendationView(customer, null, null, null, null, null, null, null, List.of(), e.getMessage());
        }
    }

    private static void write(OutputStream out, RecommendationView view) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(view));
        out.write('\n');
    }

    static RecommendationView view(String customer, Answer<Recommended> answer) {
        Recommended list = answer.value();
        boolean placed = list.placement().isPresent();
        List<ItemView> items = new ArrayList<>();
        for (Recommended.Item item : list.items()) {
            items.add(new ItemView(item.product(), items.size() + 1, item.score(), item.reasons(), item.strategy().orElse(null),
                    item.rule().orElse(null), placed ? item.level() : null));
        }
        return new RecommendationView(customer, answer.requestId(), ServedByView.of(answer.servedBy()),
                answer.fallback().orElse(null), list.placement().orElse(null), placed ? list.level() : null,
                list.tried().map(Recommended.Tried::experiment).orElse(null), list.tried().map(Recommended.Tried::variant).orElse(null), items,
                null);
    }

    static Optional<String> id(String field, String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        checkId(field, text);
        return Optional.of(text);
    }

    private static Optional<Device> device(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Device.values()).filter(device -> device.text().equals(text)).findFirst()
                .orElseThrow(() -> Problem.field(422, "device", "must be "
                        + Arrays.stream(Device.values()).map(Device::text).collect(Collectors.joining(", ")))));
    }

    private static void checkId(String field, String text) {
        if (text.length() > LONGEST_ID || text.indexOf('\0') >= 0) {
            throw Problem.field(422, field, "must have at most " + LONGEST_ID + " characters and no NUL");
        }
    }

    private static int items(int n) {
        if (n < 1 || n > MOST_ITEMS) {
            throw Problem.field(422, "n", "must be 1 to " + MOST_ITEMS);
        }
        return n;
    }
}
