package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.CustomerBlocks;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What customers do not want to be recommended. */
@Path("stores/{store}/customers/{customer}/blocks")
@Component(service = Resource.class)
public final class BlocksResource implements Resource {

    private static final int LONGEST_PRODUCT = 255;

    private final CustomerBlocks blocks;

    /**
     * Made by Declarative Services.
     *
     * @param blocks keeps them
     */
    @Activate
    public BlocksResource(@Reference CustomerBlocks blocks) {
        this.blocks = blocks;
    }

    /** Lists. */
    @GET
    @Requires(Role.OPERATOR)
    @Describe("Lists the products that a customer does not want to be recommended.")
    public Page<String> list(@PathParam("store") String store, @PathParam("customer") String customer) {
        List<String> products = blocks.of(store, CustomersResource.checked(customer)).stream().sorted().toList();
        return new Page<>(products, null);
    }

    /** Blocks. */
    @PUT
    @Unaudited
    @Path("{product}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Notes that a customer does not want to be recommended a product; it holds from the next answer on.", status = 204)
    public Reply<Void> block(@PathParam("store") String store, @PathParam("customer") String customer, @PathParam("product") String product) {
        if (product.length() > LONGEST_PRODUCT || product.indexOf('\0') >= 0) {
            throw Problem.field(422, "product", "must have at most " + LONGEST_PRODUCT + " characters and no NUL");
        }
        if (!blocks.block(store, CustomersResource.checked(customer), product)) {
            throw Problem.of(409, "The customer has blocked " + CustomerBlocks.MOST + " products already.");
        }
        return Reply.of(204, null);
    }

    /** Allows again. */
    @DELETE
    @Unaudited
    @Path("{product}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Forgets that a customer does not want to be recommended a product.", status = 204)
    public Reply<Void> unblock(@PathParam("store") String store, @PathParam("customer") String customer,
            @PathParam("product") String product) {
        if (!blocks.unblock(store, CustomersResource.checked(customer), product)) {
            throw Problem.of(404, "The customer has not blocked this product.");
        }
        return Reply.of(204, null);
    }
}
