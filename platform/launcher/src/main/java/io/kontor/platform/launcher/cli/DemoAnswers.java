package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.demo.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks a demo store one question of each family, and puts the answers into sentences. */
final class DemoAnswers {

    private static final int SHOWN = 3;
    private static final int DAYS = 14;

    private final ApiClient api;
    private final DemoStore store;
    private final Map<String, String> titles;

    DemoAnswers(ApiClient api, DemoStore store, Map<String, String> titles) {
        this.api = api;
        this.store = store;
        this.titles = titles;
    }

    List<String> recommend(String customer) {
        JsonNode answer = api.get(path("recommendations") + "?n=" + SHOWN + "&customer=" + ApiClient.encoded(customer));
        List<String> lines = new ArrayList<>();
        lines.add("For customer " + customer + ":");
        for (JsonNode item : answer.path("items")) {
            lines.add(item.path("rank").asInt() + ". " + title(item.path("product").asText()) + ": " + reasons(item, 1));
        }
        lines.addAll(quality("recommend", "ndcg@10", "nDCG@10", answer));
        return lines;
    }

    List<String> inventory() {
        JsonNode order = proposals("inventory").max(byImpact("stockoutRisk")).orElse(null);
        if (order == null) {
            return List.of("No product has to be ordered.");
        }
        String product = order.path("subject").asText();
        JsonNode forecast = api.get(ApiClient.path("stores", store.id(), "forecasts", product) + "?horizon=" + DAYS + "&quantiles=0.5,0.9");
        double sum = 0;
        double upper = 0;
        for (JsonNode point : forecast.path("points")) {
            sum += point.path("mean").asDouble();
            upper = Math.max(upper, point.path("quantiles").path("0.9").asDouble());
        }
        List<String> lines = new ArrayList<>();
        lines.add("%s: %.0f units in the next %d days, at most %.0f a day nine times in ten (%s).".formatted(title(product), sum, DAYS, upper,
                forecast.path("method").asText()));
        lines.add("Order %.0f from %s for %s. %s".formatted(order.path("change").path("quantity").asDouble(),
                order.path("change").path("supplier").asText(), money(order.path("impact").path("cost").asDouble()), reasons(order, 2)));
        lines.addAll(quality("inventory", "mase", "MASE", forecast));
        return lines;
    }

    List<String> pricing() {
        JsonNode proposal = proposals("pricing").max(byImpact("profitPerWeek")).orElse(null);
        if (proposal == null) {
            return List.of("No price has to be changed.");
        }
        String product = proposal.path("subject").asText();
        double price = proposal.path("change").path("price").asDouble();
        JsonNode trial = api.send("POST", path("prices", "simulate"), Map.of("changes", List.of(Map.of("product", product, "price", price))));
        JsonNode item = trial.path("items").path(0);
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s from %s to %s: units %s, profit %s (elasticity %.2f, 95 %% %.2f to %.2f).".formatted(title(product),
                price > item.path("currentPrice").asDouble() ? "raise" : "lower", money(item.path("currentPrice").asDouble()), money(price),
                change(item, "units"), change(item, "profit"), item.path("elasticity").asDouble(), item.path("low").asDouble(),
                item.path("high").asDouble()));
        lines.add(reasons(proposal, 3));
        lines.addAll(quality("pricing", "wape", "WAPE", trial));
        return lines;
    }

    List<String> risk(Samples samples) {
        samples.ordinary().forEach(this::assess);
        samples.doubtful().forEach(this::assess);
        JsonNode answer = assess(samples.suspicious());
        List<String> lines = new ArrayList<>();
        lines.add("A payment of %s with card %s: %s, score %.2f. %s".formatted(money((double) samples.suspicious().get("amount")),
                samples.suspicious().get("cardHash"), answer.path("verdict").asText(), answer.path("score").asDouble(), reasons(answer, 3)));
        lines.addAll(quality("risk", "auc", "AUC", answer));
        return lines;
    }

    private JsonNode assess(Map<String, Object> payment) {
        return api.send("POST", path("risk", "assessments"), Map.of("transaction", payment));
    }

    /** How good the model is that gave an answer, against the family's baseline. */
    private List<String> quality(String family, String metric, String name, JsonNode answer) {
        String plugin = answer.path("servedBy").path("plugin").asText();
        for (JsonNode model : api.items(path("models") + "?plugin=" + ApiClient.encoded(plugin))) {
            JsonNode own = model.path("metrics").path(metric);
            if (model.path("aliases").toString().contains("champion") && own.isNumber()) {
                JsonNode baseline = model.path("baseline").path(metric);
                return List.of("%s %.3f on held-out data%s, by %s".formatted(name, own.asDouble(),
                        baseline.isNumber() ? ", the baseline %.3f".formatted(baseline.asDouble()) : "", plugin));
            }
        }
        return List.of("by " + plugin);
    }

    private Stream<JsonNode> proposals(String family) {
        return api.items(path("proposals") + "?family=" + family + "&state=pending").stream();
    }

    private static Comparator<JsonNode> byImpact(String name) {
        return Comparator.comparingDouble(proposal -> proposal.path("impact").path(name).asDouble());
    }

    private static String change(JsonNode item, String name) {
        double before = item.path("before").path(name).asDouble();
        return "%+.0f %%".formatted(100 * (item.path("after").path(name).asDouble() / before - 1));
    }

    private static String reasons(JsonNode answer, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonNode reason : answer.path("reasons")) {
            if (texts.size() < most) {
                texts.add(reason.path("text").asText());
            }
        }
        return String.join(" ", texts);
    }

    private String title(String product) {
        return Optional.ofNullable(titles.get(product)).orElse(product);
    }

    private String money(double amount) {
        return String.format(Locale.ROOT, "%,.2f %s", amount, store.currency());
    }

    private String path(String... names) {
        return ApiClient.path("stores", store.id()) + ApiClient.path(names);
    }
}
