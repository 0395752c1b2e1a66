package io.kontor.distribution.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What axe-core finds of impact serious or critical in the page that is shown. */
final class Axe {

    private static final String SCRIPT = script();
    private static final String RUN = """
            return axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
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

    /** Judges the page once light and once dark. */
    static List<String> findings(Browser browser) {
        List<String> findings = new ArrayList<>();
        browser.run(SCRIPT);
        for (String theme : List.of("light", "dark")) {
            browser.run("document.documentElement.dataset.theme = arguments[0]", theme);
            ((List<?>) browser.run(RUN)).forEach(finding -> findings.add(browser.path() + ", " + theme + ": " + finding));
        }
        return findings;
    }
}
