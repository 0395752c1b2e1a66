package io.kontor.distribution.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What axe-core finds of impact serious or critical in the page that is shown. */
final class Axe {

    private static final String SCRIPT = script();
    /** Style sheets and media need no loading ahead: no rule that is run by default looks into them, and none of the pages has media. */
    private static final String RUN = """
            return axe.run(document, {resultTypes: ["violations"], preload: false, ...arguments[0]}).then(found => found.violations
                .filter(each => each.impact === "serious" || each.impact === "critical")
                .flatMap(each => each.nodes.map(node => each.id + " at " + node.target.join(" ") + ": " + node.failureSummary)));""";

    private Axe() {
    }

    private static String script() {
        try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges the page light, and its colours dark as well: nothing else of it is another then. */
    static List<String> findings(Browser browser) {
        List<String> findings = new ArrayList<>();
        browser.run(SCRIPT);
        judge(browser, "light", Map.of(), findings);
        judge(browser, "dark", Map.of("runOnly", List.of("color-contrast")), findings);
        return findings;
    }

    private static void judge(Browser browser, String theme, Map<String, Object> options, List<String> findings) {
        browser.run("document.documentElement.dataset.theme = arguments[0]", theme);
        ((List<?>) browser.run(RUN, options)).forEach(finding -> findings.add(browser.path() + ", " + theme + ": " + finding));
    }
}
