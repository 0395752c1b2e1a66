package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Place;
import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.Recommended;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store in memory whose placements are asked through the real pipeline. */
final class PlacedBench implements AutoCloseable {

    static final String SHOP = "shop";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    final Map<String, Shelf.Item> products = new LinkedHashMap<>();
    final Set<String> soldOut = new HashSet<>();
    final Set<String> inactive = new HashSet<>();
    final Set<String> bought = new HashSet<>();
    final Set<String> visited = new HashSet<>();
    final Set<String> blocked = new HashSet<>();
    final List<String> popular = new ArrayList<>();
    final List<PluginInstance> running = new ArrayList<>();
    final Guard guard;
    Optional<String> looked = Optional.empty();
    Optional<String> customer = Optional.of("~anna");
    Optional<String> named = Optional.empty();
    Place place = Place.UNKNOWN;
    Locale locale = Locale.ENGLISH;
    Instant now = Instant.parse("2026-11-27T04:00:00Z");
    private final PlacedAnswers answers;

    private final Shelf shelf = new Shelf() {

        @Override
        public Optional<Item> item(String product) {
            return Optional.ofNullable(products.get(product));
        }

        @Override
        public boolean soldOut(String product) {
            return soldOut.contains(product);
        }

        @Override
        public List<String> popular() {
            return popular;
        }

        @Override
        public List<Item> newest() {
            return products.values().stream().sorted(Comparator.comparingLong(Item::createdAt).reversed()).toList();
        }
    };

    private final ActivePlugins plugins = new ActivePlugins() {

        @Override
        public List<PluginInstance> instances(String store, String family) {
            return running;
        }

        @Override
        public Optional<PluginInstance> instance(String store, String plugin) {
            return running.stream().filter(i -> i.plugin().equals(plugin)).findFirst();
        }

        @Override
        public List<PluginInstance> parts(String store, String plugin, Class<?> type) {
            return List.of();
        }
    };

    /** Nobody needs a model. */
    private static final class NoModels implements LiveModels {

        @Override
        public Optional<Live> champion(PluginInstance instance, Duration patience) {
            return Optional.empty();
        }

        @Override
        public boolean hasChampion(String store, String plugin) {
            return true;
        }
    }

    PlacedBench(Duration deadline) {
        guard = new Guard(deadline, Duration.ofSeconds(30));
        answers = new PlacedAnswers(new FamilyPipeline(plugins, new NoModels(), guard));
    }

    @Override
    public void close() {
        guard.close();
    }

    void product(String id, String category, String brand, double price) {
        products.put(id, new Shelf.Item(id, category, brand, price, true, products.size(), Map.of()));
    }

    void enable(String plugin, boolean baseline, Recommender recommender) {
        running.add(new Fake(plugin, SHOP, baseline, recommender));
    }

    /** Recommends of some products those that may be, in their order, with falling scores. */
    static Recommender giving(String... products) {
        return giving(List.of(products));
    }

    static Recommender giving(List<String> products) {
        return request -> {
            List<RankedItem> items = new ArrayList<>();
            for (String product : products) {
                if (items.size() < request.n() && request.eligible().test(product)) {
                    items.add(new RankedItem(product, 10 - items.size(), List.of(new Reason("liked", "Liked.", 1))));
                }
            }
            return new Ranking(items);
        };
    }

    static Placement placement(List<String> strategies, Filters filters, Diversity diversity, List<String> fallback, Rule... rules) {
        return new Placement("home", "Home", "home", null, strategies, null, filters, List.of(rules), diversity, fallback, null);
    }

    static Placement plain(String... strategies) {
        return placement(List.of(strategies), null, null, null);
    }

    static Rule pin(String id, int position, String... products) {
        return new Rule(id, null, null, "pin", List.of(products), null, null, null, position, null, null, null, null);
    }

    static Rule factor(String id, String kind, double factor, String category) {
        return new Rule(id, null, null, kind, null, List.of(category), null, null, null, factor, null, null, null);
    }

    private PlacedAnswers.Wish wish(Placement placement, int n, Optional<Set<String>> given) {
        Definition definition = Definition.of(placement, ZONE);
        Sieve sieve = new Sieve(definition, shelf, new Sieve.Barred(looked, visited, bought, blocked, inactive, given));
        RecommendationRequest request = new RecommendationRequest(Optional.of(placement.id()), customer, looked, List.copyOf(visited),
                List.of(), n, sieve);
        return new PlacedAnswers.Wish(SHOP, definition, sieve, shelf, place, request, named, locale, now);
    }

    Answer<Recommended> ask(Placement placement, int n) {
        return answers.answer(wish(placement, n, Optional.empty()), Trace.NONE);
    }

    PlacementPreview preview(Placement placement, int n) {
        Trace.Written trace = new Trace.Written(new PlacementWords(locale));
        return trace.preview(answers.answer(wish(placement, n, Optional.empty()), trace));
    }

    Answer<Recommended> rerank(Placement placement, List<String> given, int n, double weight) {
        return answers.rerank(wish(placement, n, Optional.of(Set.copyOf(given))), given, weight, Trace.NONE);
    }

    static List<String> products(Answer<Recommended> answer) {
        return answer.value().items().stream().map(Recommended.Item::product).toList();
    }
}
