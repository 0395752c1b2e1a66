package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.demo.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes one demo store: its records, its plugins, their models, the first visits and plans. Used by one thread. */
final class DemoFilling {

    private static final Set<String> FAMILIES = Set.of("recommend", "inventory", "pricing", "risk");
    private static final String OWN_RECOMMENDERS = "io.kontor.recommend.";
    /** Of our own recommenders those that a first look needs; the others wait to be enabled, and ensembles train all of them. */
    private static final Set<String> SHOWN = Set.of("ease", "item-knn", "session-knn", "bought-together", "trending", "new-arrivals",
            "most-popular");
    private static final String ENSEMBLE = ".ensemble";
    /** Which share of the work is done when the records are there, and when the models are. */
    private static final double IMPORTED = 0.5;
    private static final double TRAINED = 0.95;
    private static final double NANOS = 1e9;

    private final ApiClient api;
    private final DemoStore store;
    private final DemoBoard board;

    DemoFilling(ApiClient api, DemoStore store, DemoBoard board) {
        this.api = api;
        this.store = store;
        this.board = board;
    }

    void fill(DemoFolder.Content content) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("id", store.id());
        body.put("name", store.name());
        body.put("currency", store.currency());
        body.put("locale", store.locale());
        body.put("timeZone", store.timeZone());
        body.put("country", store.country());
        api.send("POST", "/stores", body);
        board.show(store.id(), 0);
        History history = store.history(content.seed(), content.last());
        records(history);
        List<JsonNode> plugins = api.items("/plugins").stream().filter(plugin -> FAMILIES.contains(plugin.path("family").asText()))
                .filter(plugin -> shown(plugin.path("id").asText())).toList();
        plugins.stream().map(plugin -> plugin.path("id").asText()).forEach(plugin -> api.send("PUT",
                ApiClient.path("stores", store.id(), "plugins", plugin), Map.of("settings", store.settings(plugin))));
        board.done(store.id(), plugins.size() + " plugins enabled");
        List<String> trainable = plugins.stream().filter(plugin -> plugin.path("trainable").asBoolean())
                .map(plugin -> plugin.path("id").asText()).toList();
        for (int i = 0; i < trainable.size(); i++) {
            train(trainable.get(i), content.seed(), IMPORTED + (TRAINED - IMPORTED) * i / trainable.size(),
                    (TRAINED - IMPORTED) / trainable.size());
        }
        placements();
        new DemoVisits(api, store, history.truths(), content.seed()).make();
        plan("replenishment", TRAINED);
        plan("prices", (TRAINED + 1) / 2);
        board.show(store.id(), 1);
    }

    private static boolean shown(String plugin) {
        return plugin.startsWith(OWN_RECOMMENDERS) ? SHOWN.contains(plugin.substring(OWN_RECOMMENDERS.length())) : !plugin.endsWith(ENSEMBLE);
    }

    private void placements() {
        boolean chinese = store.locale().startsWith("zh");
        place("home", chinese ? "猜你喜欢" : "For you", List.of(), Map.of("maxPerCategory", 3));
        place("product", chinese ? "搭配购买" : "Goes well with it", List.of("bought-together", "item-knn"), Map.of());
        place("cart", chinese ? "您可能还需要" : "Do not forget", List.of("bought-together", "session-knn"), Map.of("maxPerCategory", 2));
    }

    private void place(String id, String title, List<String> strategies, Map<String, Object> diversity) {
        api.send("PUT", ApiClient.path("stores", store.id(), "placements", id), Map.of("title", title, "kind", id,
                "strategies", strategies.stream().map(OWN_RECOMMENDERS::concat).toList(), "filters", Map.of("inStock", true),
                "diversity", diversity, "fallback", List.of("popular")));
    }

    private void records(History history) {
        long begin = System.nanoTime();
        List<String> entities = history.entities();
        Map<String, String> texts = new LinkedHashMap<>();
        long all = 0;
        for (String entity : entities) {
            StringBuilder csv = new StringBuilder();
            history.write(entity, csv);
            texts.put(entity, csv.toString());
            all += csv.length();
        }
        double sent = 0;
        long rows = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            double before = IMPORTED * sent / all;
            double share = IMPORTED * text.getValue().length() / all;
            JsonNode answer = api.upload(ApiClient.path("stores", store.id(), "imports", text.getKey()), text.getValue(), "text/csv");
            JsonNode result = JobFollower.follow(api, answer, (progress, message) ->
                    board.show(store.id(), before + share * progress));
            if (result.path("quarantined").asLong() > 0) {
                throw new CommandFailure("The " + text.getKey() + " of " + store.id() + " were not all taken: " + result.path("issues"));
            }
            rows += result.path("stored").asLong();
            sent += text.getValue().length();
        }
        board.done(store.id(), String.format(Locale.ROOT, "%,d records imported in %.1f s", rows, (System.nanoTime() - begin) / NANOS));
    }

    private void train(String plugin, long seed, double before, double share) {
        String name = plugin.substring(plugin.lastIndexOf('.') + 1);
        long begin = System.nanoTime();
        try {
            JsonNode answer = api.send("POST", ApiClient.path("stores", store.id(), "plugins", plugin, "train"), Map.of("seed", seed));
            JobFollower.follow(api, answer, (progress, message) -> board.show(store.id(), before + share * progress));
            board.done(store.id(), String.format(Locale.ROOT, "%s trained in %.1f s", name, (System.nanoTime() - begin) / NANOS));
        } catch (CommandFailure e) {
            // One plugin that cannot learn from these records, perhaps a stranger's in the deploy folder, is no reason to show nothing.
            board.done(store.id(), name + " not trained: " + e.getMessage());
        }
    }

    private void plan(String what, double before) {
        board.show(store.id(), before);
        JsonNode answer = api.send("POST", ApiClient.path("stores", store.id(), what, "plan"), Map.of());
        JsonNode result = JobFollower.follow(api, answer, (progress, message) -> { });
        board.done(store.id(), result.path("proposals").asLong() + (what.equals("prices") ? " prices" : " orders") + " proposed");
    }
}
