package io.kontor.platform.rest.internal.resources;

import io.kontor.api.pricing.Elasticity;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.PriceDesk;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How demand answers to price. */
@Path("stores/{store}/elasticities")
@Component(service = Resource.class)
public final class ElasticitiesResource implements Resource {

    private final PriceDesk desk;

    /**
     * The elasticity of a product.
     *
     * @param product the product
     * @param elasticity by how many percent units change when the price rises by one percent; null when nothing is known
     * @param low lower end of the 95 % interval; null when nothing is known
     * @param high upper end of it
     * @param source own, pooled or prior; null when nothing is known
     * @param observations weeks of the product's own
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     */
    public record ElasticityView(String product, Double elasticity, Double low, Double high, String source, int observations,
            ServedByView servedBy, String fallback) {

        static ElasticityView of(String product, Answer<Optional<Elasticity>> answer) {
            Elasticity known = answer.value().orElse(null);
            return known == null
                    ? new ElasticityView(product, null, null, null, null, 0, ServedByView.of(answer.servedBy()), answer.fallback().orElse(null))
                    : new ElasticityView(product, known.value(), known.low(), known.high(), known.source(), known.observations(),
                            ServedByView.of(answer.servedBy()), answer.fallback().orElse(null));
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     */
    @Activate
    public ElasticitiesResource(@Reference PriceDesk desk) {
        this.desk = desk;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("The price elasticities of products, of one or of all with demand.")
    public Page<ElasticityView> list(@PathParam("store") String store, @QueryParam("product") String product,
            @QueryParam("plugin") String plugin, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        Optional<String> named = plugin == null || plugin.isEmpty() ? Optional.empty() : Optional.of(plugin);
        List<String> products = product == null ? desk.products(store) : List.of(product);
        if (product != null && (product.isEmpty() || product.length() > 255)) {
            throw Problem.field(422, "product", "must have 1 to 255 characters");
        }
        List<ElasticityView> read = new ArrayList<>();
        for (String id : products) {
            if ((cursor == null || id.compareTo(cursor) > 0) && read.size() <= limit) {
                read.add(ElasticityView.of(id, desk.elasticity(store, id, named)));
            }
        }
        return Page.cut(read, limit, ElasticityView::product);
    }
}
