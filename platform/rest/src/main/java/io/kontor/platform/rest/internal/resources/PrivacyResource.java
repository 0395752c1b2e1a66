package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.data.Consents;
import io.kontor.platform.data.Retention;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What silence of customers means to a store, and how long it keeps its records. */
@Path("stores/{store}/privacy")
@Component(service = Resource.class)
public final class PrivacyResource implements Resource {

    private static final String OPT_IN = "opt-in";
    private static final String OPT_OUT = "opt-out";
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Consents consents;
    private final Retention retention;
    private final Jobs jobs;

    /**
     * How a store treats its customers' data.
     *
     * @param silence opt-in or opt-out, for all countries that are not among the next
     * @param countries opt-in or opt-out by ISO 3166-1 alpha-2 country
     * @param retention the longest age in days by entity path or decisions; what is missing is kept, decisions for 90 days
     */
    public record PrivacyForm(String silence, Map<String, String> countries, Map<String, Integer> retention) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param consents knows what silence means
     * @param retention knows how long records are kept
     * @param jobs remove what is too old
     */
    @Activate
    public PrivacyResource(@Reference Consents consents, @Reference Retention retention, @Reference Jobs jobs) {
        this.consents = consents;
        this.retention = retention;
        this.jobs = jobs;
    }

    /** Shows. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Tells what it means when a customer has said nothing, by country, and how long records are kept.")
    public PrivacyForm find(@PathParam("store") String store) {
        Map<String, String> countries = new TreeMap<>();
        consents.optIn(store).forEach((country, optIn) -> countries.put(country, optIn ? OPT_IN : OPT_OUT));
        String elsewhere = countries.remove(Consents.ELSEWHERE);
        return new PrivacyForm(elsewhere == null ? OPT_OUT : elsewhere, countries, retention.days(store));
    }

    /** Replaces. */
    @PUT
    @Requires(Role.OPERATOR)
    @Describe("Replaces both; what is left out is opt-out, or kept.")
    public PrivacyForm put(@PathParam("store") String store, PrivacyForm form) {
        Map<String, Boolean> optIn = new TreeMap<>();
        if (form.countries != null) {
            form.countries.forEach((country, way) -> {
                if (!COUNTRY.matcher(country).matches()) {
                    throw Problem.field(422, "countries." + country, "must be an ISO 3166-1 alpha-2 code");
                }
                optIn.put(country, optIn("countries." + country, way));
            });
        }
        optIn.put(Consents.ELSEWHERE, form.silence != null && optIn("silence", form.silence));
        Map<String, Integer> days = form.retention == null ? Map.of() : form.retention;
        days.forEach((name, most) -> {
            if (!retention.names().contains(name)) {
                throw Problem.field(422, "retention." + name, "must be one of " + String.join(", ", new TreeSet<>(retention.names())));
            }
            if (most == null || most < 1 || most > Retention.MOST_DAYS) {
                throw Problem.field(422, "retention." + name, "must be 1 to " + Retention.MOST_DAYS + " days");
            }
        });
        consents.optIn(store, optIn);
        retention.put(store, days);
        return find(store);
    }

    private static boolean optIn(String field, String way) {
        if (!OPT_IN.equals(way) && !OPT_OUT.equals(way)) {
            throw Problem.field(422, field, "must be one of opt-in, opt-out");
        }
        return way.equals(OPT_IN);
    }

    /** Removes. */
    @POST
    @Path("retention")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes what is older than it may be now, instead of at night.", status = 202)
    public Reply<JobView> remove(@PathParam("store") String store, Call call) {
        return JobAnswers.started(jobs, retention.start(store, call.starter()), call);
    }
}
