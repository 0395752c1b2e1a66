package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.testkit.server.KontorServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All pages, as axe-core and the browser's console judge them. */
@ExtendWith(Running.class)
class AccessibilityIT {

    @Test
    void noPageHasASeriousFindingInLightOrDark(KontorServer server, Browser browser) {
        Shop.furnish(server);
        browser.prefer("en", "light");
        List<String> findings = new ArrayList<>();
        browser.complaints();
        List<String> pages = new Tour(browser, Shop.ID, 4, Map.of("customer", "c1", "product", "p1")).walk(page -> {
            findings.addAll(Axe.findings(browser));
            browser.complaints().forEach(complaint -> findings.add(page + ": " + complaint));
        });
        assertEquals(List.of(), findings);
        assertTrue(pages.size() > 80, pages.toString());
        for (String part : List.of("jobs", "models", "decisions", "proposals", "plugins", "schedules")) {
            assertTrue(pages.stream().anyMatch(page -> page.matches("/admin/stores/" + Shop.ID + "/" + part + "/[^/?]+")), part + ": " + pages);
        }
    }

    @Test
    void thePageBeforeTheLoginHasNone(Browser browser) {
        browser.apart(() -> {
            browser.open("/admin/");
            browser.find("input[name=password]");
            assertEquals(List.of(), Axe.findings(browser));
        });
    }
}
