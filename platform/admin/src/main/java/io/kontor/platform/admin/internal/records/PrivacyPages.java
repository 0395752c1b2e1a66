package io.kontor.platform.admin.internal.records;

import io.kontor.api.privacy.Purpose;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.Retention;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a store uses its customers' data for, how long it keeps them, and what one customer wants. A customer's id is in no address. */
@Component(service = Pages.class)
public final class PrivacyPages implements Pages {

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int LONGEST_ID = 200;

    private final Consents consents;
    private final Retention retention;
    private final Customers customers;

    /**
     * Made by Declarative Services.
     *
     * @param consents who has agreed to what
     * @param retention how long records are kept
     * @param customers erases
     */
    @Activate
    public PrivacyPages(@Reference Consents consents, @Reference Retention retention, @Reference Customers customers) {
        this.consents = consents;
        this.retention = retention;
        this.customers = customers;
    }

    /**
     * The page.
     *
     * @param optIn whether silence is a refusal where no country says otherwise
     * @param optInCountries where it is, separated by blanks
     * @param optOutCountries where it is not
     * @param ages days by entity path or name; empty for those that are kept
     * @param customer the customer looked up; empty for none
     * @param standings how the customer stands to each purpose
     * @param fault what is wrong with a form; empty when nothing is
     */
    public record Privacy(boolean optIn, String optInCountries, String optOutCountries, Map<String, String> ages, String customer,
            List<StandingRow> standings, String fault) {
    }

    /**
     * How a customer stands to a purpose.
     *
     * @param purpose which one
     * @param agreed whether the data may be used
     * @param source what that rests on, in words
     */
    public record StandingRow(Purpose purpose, boolean agreed, String source) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/privacy", Role.VIEWER, visit -> Answer.html("records/privacy", view(visit, "", ""))),
                Route.post("/stores/{store}/privacy/consent", Role.OPERATOR, this::silence),
                Route.post("/stores/{store}/privacy/retention", Role.OPERATOR, this::keep),
                Route.post("/stores/{store}/privacy/customer", Role.OPERATOR, this::customer));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 40, visit.text("records.privacy"),
                "/stores/" + visit.store().id() + "/privacy", "shield", Role.VIEWER));
    }

    private Privacy view(Visit visit, String customer, String fault) {
        String store = visit.store().id();
        Map<String, Boolean> silence = consents.optIn(store);
        Map<String, Integer> days = retention.days(store);
        Map<String, String> ages = new TreeMap<>();
        retention.names().forEach(name -> ages.put(name, days.containsKey(name) ? days.get(name).toString() : ""));
        List<StandingRow> rows = new ArrayList<>();
        if (!customer.isEmpty()) {
            consents.of(store, customer).forEach((purpose, standing) -> rows.add(new StandingRow(purpose, standing.agreed(),
                    visit.text("records.privacy.source." + standing.source().name().toLowerCase(Locale.ROOT),
                            standing.since() == null ? "" : visit.format().time(standing.since())))));
        }
        return new Privacy(silence.getOrDefault(Consents.ELSEWHERE, false), countries(silence, true), countries(silence, false), ages, customer,
                rows, fault);
    }

    private static String countries(Map<String, Boolean> silence, boolean optIn) {
        return String.join(" ", new TreeSet<>(silence.keySet().stream()
                .filter(country -> !country.equals(Consents.ELSEWHERE) && silence.get(country) == optIn).toList()));
    }

    private Answer silence(Visit visit) {
        Map<String, Boolean> silence = new TreeMap<>();
        silence.put(Consents.ELSEWHERE, visit.field("default").equals("opt-in"));
        for (String way : List.of("opt-in", "opt-out")) {
            for (String country : visit.field(way).toUpperCase(Locale.ROOT).split("[\\s,;]+")) {
                if (!country.isEmpty() && (!COUNTRY.matcher(country).matches() || silence.put(country, way.equals("opt-in")) != null)) {
                    return Answer.again("records/privacy", view(visit, "", visit.text("records.privacy.bad-country", country)));
                }
            }
        }
        consents.optIn(visit.store().id(), silence);
        return back(visit);
    }

    private Answer keep(Visit visit) {
        Map<String, Integer> days = new TreeMap<>();
        for (String name : retention.names()) {
            String text = visit.field("days-" + name).strip();
            if (!text.isEmpty()) {
                int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
                if (number < 1 || number > Retention.MOST_DAYS) {
                    return Answer.again("records/privacy", view(visit, "", visit.text("records.privacy.bad-days", Retention.MOST_DAYS)));
                }
                days.put(name, number);
            }
        }
        String store = visit.store().id();
        retention.put(store, days);
        return visit.field("do").equals("now") ? Answer.to("/stores/" + store + "/jobs/" + retention.start(store, visit.starter()))
                : back(visit);
    }

    private Answer customer(Visit visit) {
        String customer = visit.field("customer");
        String store = visit.store().id();
        if (customer.isEmpty() || customer.length() > LONGEST_ID) {
            return Answer.again("records/privacy", view(visit, "", visit.text("records.privacy.bad-customer")));
        }
        if (visit.field("do").equals("erase")) {
            return Answer.to("/stores/" + store + "/jobs/" + customers.erase(store, customer, visit.starter()));
        }
        if (!visit.field("purpose").isEmpty()) {
            Purpose purpose = Purpose.of(visit.field("purpose")).orElseThrow(() -> Refusal.missing(visit));
            consents.say(store, customer, Map.of(purpose, visit.field("do").equals("agree")));
        }
        return Answer.html("records/privacy", view(visit, customer, ""));
    }

    private static Answer back(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/privacy");
    }
}
