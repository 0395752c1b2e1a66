package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.data.Customers;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A person's right to a copy of what is known of them, and to be forgotten. */
@Path("stores/{store}/customers/{customer}")
@Component(service = Resource.class)
public final class CustomersResource implements Resource {

    private static final int LONGEST_ID = 200;

    private final Customers customers;
    private final Jobs jobs;

    /**
     * Everything known of a person.
     *
     * @param customer the customer's id
     * @param records by the entity's path, the name of the other data or the plugin's id; only those that have some
     * @param missing the plugins whose part could not be had, and why
     */
    public record Export(String customer, Map<String, List<Map<String, Object>>> records, List<Customers.Missing> missing) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param customers finds and erases records
     * @param jobs runs the erasure
     */
    @Activate
    public CustomersResource(@Reference Customers customers, @Reference Jobs jobs) {
        this.customers = customers;
        this.jobs = jobs;
    }

    /** Erases. */
    @DELETE
    @Requires(Role.OPERATOR)
    @Describe(value = "Erases all records of a customer for good; the job tells which plugins still have to erase theirs.", status = 202)
    public Reply<JobView> erase(@PathParam("store") String store, @PathParam("customer") String customer, Call call) {
        return JobAnswers.started(jobs, customers.erase(store, checked(customer), call.starter()), call);
    }

    /** Copies. */
    @GET
    @Path("export")
    @Requires(Role.OPERATOR)
    @Describe("Gives all records of a customer, those that plugins keep included, and names the plugins whose part could not be had.")
    public Export export(@PathParam("store") String store, @PathParam("customer") String customer) {
        Customers.Copy copy = customers.export(store, checked(customer));
        return new Export(customer, copy.records(), copy.missing());
    }

    static String checked(String customer) {
        if (customer.length() > LONGEST_ID) {
            throw Problem.field(422, "customer", "may have at most " + LONGEST_ID + " characters");
        }
        return customer;
    }
}
