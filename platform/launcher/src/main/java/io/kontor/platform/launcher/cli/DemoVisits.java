package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.demo.Truths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Lets customers of a demo store look at its home page while an experiment runs there, and click on what is to their taste. Used by one
 * thread.
 */
final class DemoVisits {

    private static final int VISITS = 240;
    private static final double CLICKED = 0.3;
    private static final double CLICKED_NOT_TO_TASTE = 0.06;
    private static final double BOUGHT = 0.25;
    private static final int MOST_SENT = 500;

    private final ApiClient api;
    private final DemoStore store;
    private final Truths truths;
    private final Random chance;
    private final List<Map<String, Object>> told = new ArrayList<>();

    DemoVisits(ApiClient api, DemoStore store, Truths truths, long seed) {
        this.api = api;
        this.store = store;
        this.truths = truths;
        this.chance = new Random(seed);
    }

    /** As many visits as fit into a second or two. */
    void make() {
        api.send("PUT", ApiClient.path("stores", store.id(), "experiments", "home-trending"), Map.of("placement", "home",
                "title", store.locale().startsWith("zh") ? "个性化推荐与热门趋势" : "Personal or trending", "variants", List.of(Map.of("id", "personal"),
                        Map.of("id", "trending", "definition", Map.of("strategies", List.of("io.kontor.recommend.trending"),
                                "filters", Map.of("inStock", true))))));
        List<String> customers = truths.customers();
        for (int visit = 0; visit < VISITS; visit++) {
            look(customers.get((int) ((long) visit * customers.size() / VISITS)));
        }
        send();
    }

    private void look(String customer) {
        JsonNode answer = api.get(ApiClient.path("stores", store.id(), "recommendations") + "?placement=home&n=6&customer="
                + ApiClient.encoded(customer));
        String request = answer.path("requestId").asText();
        tell(request, "impression", "");
        for (JsonNode item : answer.path("items")) {
            String product = item.path("product").asText();
            boolean liked = truths.tasteOfProduct(product) == truths.tasteOfCustomer(customer);
            if (chance.nextDouble() < (liked ? CLICKED : CLICKED_NOT_TO_TASTE)) {
                tell(request, "click", product);
                if (chance.nextDouble() < BOUGHT) {
                    tell(request, "purchase", product);
                }
            }
        }
        if (told.size() > MOST_SENT) {
            send();
        }
    }

    private void tell(String request, String type, String product) {
        told.add(Map.of("requestId", request, "type", type, "product", product, "time", Instant.now().toString()));
    }

    private void send() {
        JsonNode receipt = api.send("POST", ApiClient.path("stores", store.id(), "feedback"), told);
        if (!receipt.path("rejected").isEmpty()) {
            throw new CommandFailure("Not all feedback of " + store.id() + " was taken: " + receipt.path("rejected").path(0));
        }
        told.clear();
    }
}
