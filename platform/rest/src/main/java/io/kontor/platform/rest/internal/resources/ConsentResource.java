package io.kontor.platform.rest.internal.resources;

import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Consents;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a customer has agreed to. */
@Path("stores/{store}/customers/{customer}/consent")
@Component(service = Resource.class)
public final class ConsentResource implements Resource {

    private final Consents consents;

    /**
     * How a customer stands to a purpose.
     *
     * @param agreed whether the data may be used for it
     * @param source said, record or default: what that rests on
     * @param since since when; null unless the customer said it
     */
    public record StandingView(boolean agreed, String source, Instant since) {
    }

    /**
     * What a customer has agreed to.
     *
     * @param customer the customer's id
     * @param purposes by purpose
     */
    public record ConsentView(String customer, Map<String, StandingView> purposes) {
    }

    /**
     * What a customer says; what is left out stays.
     *
     * @param personalisation whether recommendations may be personal
     * @param analytics whether models and figures may tell the customer apart
     * @param marketing whether messages may be sent
     */
    public record ConsentForm(Boolean personalisation, Boolean analytics, Boolean marketing) {

        Map<Purpose, Boolean> said() {
            Map<Purpose, Boolean> said = new EnumMap<>(Purpose.class);
            said.put(Purpose.PERSONALISATION, personalisation);
            said.put(Purpose.ANALYTICS, analytics);
            said.put(Purpose.MARKETING, marketing);
            said.values().removeIf(value -> value == null);
            return said;
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param consents knows
     */
    @Activate
    public ConsentResource(@Reference Consents consents) {
        this.consents = consents;
    }

    /** Shows. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Tells what a customer has agreed to, and what that rests on: the customer's word, the record or the store's default.")
    public ConsentView find(@PathParam("store") String store, @PathParam("customer") String customer) {
        CustomersResource.checked(customer);
        Map<String, StandingView> purposes = new LinkedHashMap<>();
        consents.of(store, customer).forEach((purpose, standing) -> purposes.put(purpose.path(), new StandingView(standing.agreed(),
                standing.source().name().toLowerCase(Locale.ROOT), standing.since())));
        return new ConsentView(customer, purposes);
    }

    /** Notes. */
    @PUT
    @Requires(Role.OPERATOR)
    @Describe("Notes what a customer agrees or objects to; it counts at once, whatever files say later.")
    public ConsentView say(@PathParam("store") String store, @PathParam("customer") String customer, ConsentForm form) {
        CustomersResource.checked(customer);
        if (form.said().isEmpty()) {
            throw Problem.field(422, "personalisation", "or another purpose must be given");
        }
        consents.say(store, customer, form.said());
        return find(store, customer);
    }
}
