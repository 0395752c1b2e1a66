package io.kontor.platform.rest.internal.resources;

import io.kontor.api.store.Store;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Router;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The stores. */
@Path("stores")
@Component(service = Resource.class)
public final class StoresResource implements Resource {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final int LONGEST_NAME = 200;

    private final Stores stores;

    /**
     * A store in JSON; on the way in, a missing field keeps its value or takes the default.
     *
     * @param id required for a new store
     * @param name the id when missing
     * @param currency ISO 4217; EUR when missing
     * @param locale BCP 47; en when missing
     * @param timeZone IANA name; UTC when missing
     * @param country ISO 3166-1 alpha-2; empty when missing
     */
    public record StoreView(String id, String name, String currency, String locale, String timeZone, String country) {

        static StoreView of(Store store) {
            return new StoreView(store.id(), store.name(), store.currency().getCurrencyCode(), store.locale().toLanguageTag(),
                    store.timeZone().getId(), store.country());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param stores the stores
     */
    @Activate
    public StoresResource(@Reference Stores stores) {
        this.stores = stores;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
    @Describe("Lists the stores that the key may see.")
    public Page<StoreView> list(Call call, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        List<StoreView> visible = stores.list().stream().filter(store -> call.principal().knows(store.id())).map(StoreView::of).toList();
        return Page.of(visible, limit, cursor, StoreView::id);
    }

    /** Adds. */
    @POST
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Adds a store.", status = 201)
    public Reply<StoreView> create(StoreView given) {
        if (given.id() == null) {
            throw Problem.field(422, "id", "is required");
        } else if (!ID.matcher(given.id()).matches()) {
            throw Problem.field(422, "id", "must match " + ID.pattern());
        }
        Store store = merge(new Store(given.id(), given.id(), Currency.getInstance("EUR"), Locale.ENGLISH, ZoneId.of("UTC"), ""), given);
        if (!stores.create(store)) {
            throw Problem.field(409, "id", "there is a store \"" + store.id() + "\" already");
        }
        return Reply.of(201, StoreView.of(store)).with("Location", Router.PREFIX + "/stores/" + store.id());
    }

    /** Shows. */
    @GET
    @Path("{store}")
    @Requires(Role.VIEWER)
    @Describe("Shows a store.")
    public StoreView find(@PathParam("store") String id) {
        return StoreView.of(stores.find(id).orElseThrow(() -> gone(id)));
    }

    /** Changes. */
    @PATCH
    @Path("{store}")
    @Requires(Role.ADMIN)
    @Describe("Changes the given fields of a store.")
    public StoreView update(@PathParam("store") String id, StoreView given) {
        if (given.id() != null && !given.id().equals(id)) {
            throw Problem.field(422, "id", "cannot be changed");
        }
        Store store = merge(stores.find(id).orElseThrow(() -> gone(id)), given);
        if (!stores.update(store)) {
            throw gone(id);
        }
        return StoreView.of(store);
    }

    /** Removes. */
    @DELETE
    @Path("{store}")
    @Requires(Role.ADMIN)
    @Describe(value = "Removes a store with all its data, activations and models.", status = 204)
    public Reply<Void> delete(@PathParam("store") String id) {
        if (!stores.delete(id)) {
            throw gone(id);
        }
        return Reply.of(204, null);
    }

    private static Problem gone(String id) {
        return Problem.of(404, "There is no store \"" + id + "\".");
    }

    private static Store merge(Store base, StoreView given) {
        List<Problem.FieldError> errors = new ArrayList<>();
        String name = given.name() == null ? base.name() : given.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.add(new Problem.FieldError("name", "must have 1 to " + LONGEST_NAME + " characters"));
        }
        Currency currency = base.currency();
        if (given.currency() != null) {
            try {
                currency = Currency.getInstance(given.currency());
            } catch (IllegalArgumentException e) {
                errors.add(new Problem.FieldError("currency", "must be an ISO 4217 code such as EUR"));
            }
        }
        Locale locale = base.locale();
        if (given.locale() != null) {
            try {
                locale = new Locale.Builder().setLanguageTag(given.locale().replace('_', '-')).build();
                if (locale.getLanguage().isEmpty()) {
                    throw new IllformedLocaleException("no language");
                }
            } catch (IllformedLocaleException e) {
                errors.add(new Problem.FieldError("locale", "must be a language tag such as de-DE"));
            }
        }
        ZoneId zone = base.timeZone();
        if (given.timeZone() != null) {
            try {
                zone = ZoneId.of(given.timeZone());
            } catch (DateTimeException e) {
                errors.add(new Problem.FieldError("timeZone", "must be an IANA time zone such as Europe/Berlin"));
            }
        }
        String country = given.country() == null ? base.country() : given.country();
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            errors.add(new Problem.FieldError("country", "must be an ISO 3166-1 alpha-2 code such as DE"));
        }
        if (!errors.isEmpty()) {
            throw Problem.fields(422, errors);
        }
        return new Store(base.id(), name, currency, locale, zone, country);
    }
}
