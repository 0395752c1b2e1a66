package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.testkit.server.KontorServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever stores, shops and plugins say is shown as text: nothing of it is ever run, and the pages' policy never had to refuse it. */
@ExtendWith(Running.class)
class InjectionIT {

    /** What there would be in a page into which text got as markup. */
    private static final String FOREIGN = """
            const found = [...document.querySelectorAll("*")].filter(element => [...element.attributes].some(attribute =>
                attribute.name.startsWith("on") || /^\\s*javascript:/i.test(attribute.value)
                    && ["href", "src", "action", "formaction", "xlink:href", "data"].includes(attribute.name)))
                .concat([...document.querySelectorAll("script:not([src]), svg[onload], img[src=x], iframe, object, embed")])
                .map(element => element.outerHTML.substring(0, 200));
            if (window.ran !== undefined) found.push("it was run");
            if (document.documentElement.textContent.includes("seven1337")) found.push("a template was evaluated");
            return found;""";
    private static final String SHOWN = "return /<script>window|onerror=window/.test(document.body.innerText)";

    @Test
    void noTextIsEverRun(KontorServer server, Browser browser) {
        HostileStore.create(server);
        browser.prefer("en", "light");
        browser.complaints();
        List<String> findings = new ArrayList<>();
        List<String> speaking = new ArrayList<>();
        Map<String, String> answers = Map.of("customer", "h0", "product", "h0");
        List<String> pages = new Tour(browser, HostileStore.ID, HostileStore.TEXTS.size(), answers).walk(page -> {
            ((List<?>) browser.run(FOREIGN)).forEach(finding -> findings.add(page + ": " + finding));
            browser.complaints().forEach(complaint -> findings.add(page + ": " + complaint));
            if (Boolean.TRUE.equals(browser.run(SHOWN))) {
                speaking.add(page);
            }
        });
        assertEquals(List.of(), findings);
        assertTrue(pages.size() > 60, pages.toString());
        assertTrue(speaking.size() > 40, "the texts stand in " + speaking);
        for (int unescaped : new int[] {0, 1, 2, 5}) {
            browser.open("/admin/");
            browser.run("document.body.innerHTML = `<p title='${arguments[0]}'>${arguments[0]}</p>`", HostileStore.TEXTS.get(unescaped));
            assertNotEquals(List.of(), browser.run(FOREIGN), "it would be found if it stood there unescaped");
        }
        browser.complaints();
    }
}
