package io.kontor.platform.launcher.cli;

import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.demo.Samples;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Prints what each family answers in a store. */
final class DemoReport {

    private final ApiClient api;
    private final PrintStream out;

    DemoReport(ApiClient api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    void print(DemoStore store, Samples samples, Map<String, String> titles) {
        DemoAnswers answers = new DemoAnswers(api, store, titles);
        out.println();
        out.println(store.id() + " · " + store.name() + " · " + store.currency());
        paragraph("recommend", () -> answers.recommend(samples.customer()));
        paragraph("inventory", answers::inventory);
        paragraph("pricing", answers::pricing);
        paragraph("risk", () -> answers.risk(samples));
    }

    private void paragraph(String family, Supplier<List<String>> answer) {
        String label = family;
        for (String line : lines(answer)) {
            for (String part : Paragraph.wrap(line)) {
                out.println("  %-11s%s".formatted(label, part).stripTrailing());
                label = "";
            }
        }
    }

    /** A family without an answer says why. */
    private static List<String> lines(Supplier<List<String>> answer) {
        try {
            return answer.get();
        } catch (CommandFailure e) {
            return List.of(e.getMessage());
        }
    }
}
