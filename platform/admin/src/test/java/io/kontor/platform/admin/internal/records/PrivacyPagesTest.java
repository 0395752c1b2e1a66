package io.kontor.platform.admin.internal.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.privacy.Purpose;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.Customers;
import io.kontor.platform.data.Retention;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The forms by which a store says how it treats its customers' data. */
class PrivacyPagesTest {

    private final Map<Purpose, Boolean> said = new EnumMap<>(Purpose.class);
    private Map<String, Boolean> silence = new TreeMap<>();
    private Map<String, Integer> days = new TreeMap<>(Map.of("orders", 365));
    private final PrivacyPages pages = new PrivacyPages(Stub.of(Consents.class, Map.of(
            "optIn", call -> call.length == 1 ? silence : silence(call[1]),
            "of", call -> Map.of(Purpose.MARKETING, new Consents.Standing(said.getOrDefault(Purpose.MARKETING, true),
                    Consents.Source.RECORD, null)),
            "say", call -> say(call[2]))), Stub.of(Retention.class, Map.of("names", call -> Set.of("orders", "decisions"),
            "days", call -> days, "put", call -> days(call[1]), "start", call -> "j2")),
            Stub.of(Customers.class, Map.of("erase", call -> "j-" + call[1])));

    @SuppressWarnings("unchecked")
    private Object silence(Object wanted) {
        silence = (Map<String, Boolean>) wanted;
        return null;
    }

    @SuppressWarnings("unchecked")
    private Object days(Object wanted) {
        days = (Map<String, Integer>) wanted;
        return null;
    }

    @SuppressWarnings("unchecked")
    private Object say(Object wanted) {
        said.putAll((Map<Purpose, Boolean>) wanted);
        return null;
    }

    private Answer post(String form, String... fields) throws IOException {
        return Called.page(pages, Role.OPERATOR, "POST", "/stores/{store}/privacy/" + form, Map.of(), fields);
    }

    @Test
    void silenceIsSetCountryByCountry() throws IOException {
        post("consent", "default", "opt-in", "opt-in", "", "opt-out", "us, CA");
        assertEquals(Map.of("", true, "US", false, "CA", false), silence);
        PrivacyPages.Privacy view = Called.view(post("consent", "default", "opt-out", "opt-in", "DE", "opt-out", "DE"), 422,
                PrivacyPages.Privacy.class);
        assertEquals("DE is no country code, or stands there twice.", view.fault());
        assertTrue(view.optIn(), "as it was");
        assertEquals("CA US", view.optOutCountries());
    }

    @Test
    void longestAgesAreWholeNumbersOfDays() throws IOException {
        assertEquals("A longest age is a whole number of days from 1 to 36,500.",
                Called.view(post("retention", "days-orders", "0.5"), 422, PrivacyPages.Privacy.class).fault());
        assertEquals(Map.of("orders", 365), days);
        assertEquals(new Answer.Redirect("/stores/shop/jobs/j2"), post("retention", "days-orders", "", "days-decisions", "30", "do", "now"));
        assertEquals(Map.of("decisions", 30), days);
    }

    @Test
    void aCustomerObjectsAndIsErasedWithoutAnIdInTheAddress() throws IOException {
        PrivacyPages.Privacy found = Called.view(post("customer", "customer", "anna"), 200, PrivacyPages.Privacy.class);
        assertEquals(List.of(new PrivacyPages.StandingRow(Purpose.MARKETING, true, "the customer’s record")), found.standings());
        assertFalse(Called.view(post("customer", "customer", "anna", "purpose", "marketing", "do", "object"), 200,
                PrivacyPages.Privacy.class).standings().get(0).agreed());
        assertEquals(new Answer.Redirect("/stores/shop/jobs/j-anna"), post("customer", "customer", "anna", "do", "erase"));
        assertEquals("Give an id of 1 to 200 characters.", Called.view(post("customer", "customer", ""), 422, PrivacyPages.Privacy.class)
                .fault());
    }
}
