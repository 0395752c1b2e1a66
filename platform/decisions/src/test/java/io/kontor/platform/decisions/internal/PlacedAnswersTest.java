package io.kontor.platform.decisions.internal;

import static io.kontor.platform.decisions.internal.PlacedBench.factor;
import static io.kontor.platform.decisions.internal.PlacedBench.giving;
import static io.kontor.platform.decisions.internal.PlacedBench.pin;
import static io.kontor.platform.decisions.internal.PlacedBench.placement;
import static io.kontor.platform.decisions.internal.PlacedBench.plain;
import static io.kontor.platform.decisions.internal.PlacedBench.products;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Place;
import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement.Segment;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.Recommended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each stage of a placement does to a list. */
class PlacedAnswersTest {

    private final PlacedBench bench = new PlacedBench(Duration.ofMillis(500));

    @BeforeEach
    void stock() {
        bench.product("tea", "drinks/tea", "leaf", 5);
        bench.product("mug", "kitchen/cups", "clay", 8);
        bench.product("cup", "kitchen/cups", "clay", 6);
        bench.product("pan", "kitchen/pans", "iron", 30);
        bench.product("sofa", "living", "oak", 900);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static List<String> codes(Recommended.Item item) {
        return item.reasons().stream().map(Reason::code).toList();
    }

    private static Filters filters(Boolean inStock, Double minPrice, Double maxPrice, List<String> categories, List<String> excludeBrands) {
        return new Filters(inStock, minPrice, maxPrice, categories, null, null, excludeBrands, null, null, null, null, null, null);
    }

    @Test
    void theStrategiesFillTheList() {
        bench.enable("knn", false, giving("mug", "tea", "pan"));
        Answer<Recommended> answer = bench.ask(plain(), 2);
        assertEquals(List.of("mug", "tea"), products(answer));
        assertEquals("knn", answer.servedBy().plugin());
        assertEquals(Optional.empty(), answer.fallback());
        assertEquals(0, answer.value().level());
        assertEquals(Optional.of("knn"), answer.value().items().get(0).strategy());
        assertTrue(answer.value().items().get(0).score() > answer.value().items().get(1).score());
    }

    @Test
    void namedStrategiesAreAllAskedAndTheirListsMerged() {
        bench.enable("knn", false, giving("mug", "tea", "pan"));
        bench.enable("als", false, giving("sofa", "tea", "mug"));
        assertEquals("tea", products(bench.ask(plain("als"), 3)).get(1));
        List<String> merged = products(bench.ask(plain("knn", "als"), 4));
        assertEquals(List.of("mug", "tea"), merged.subList(0, 2), "both know them");
        assertEquals(4, merged.size());
    }

    @Test
    void aRankingOrdersTheCandidatesAndNothingElse() {
        bench.enable("knn", false, giving("mug", "tea", "pan"));
        bench.enable("ranker", false, giving("sofa", "pan", "mug"));
        Placement ranked = new Placement("home", "Home", "home", null, List.of("knn"), "ranker", null, null, null, null, null);
        assertEquals(List.of("pan", "mug", "tea"), products(bench.ask(ranked, 3)));
    }

    @Test
    void filtersHoldForStrategiesPinsAndFallbacks() {
        bench.enable("knn", false, giving("sofa", "pan", "mug", "tea"));
        bench.soldOut.add("tea");
        bench.blocked.add("cup");
        Placement cheap = placement(null, filters(true, null, 100.0, null, null), null, List.of("popular"), pin("top", 1, "sofa", "cup", "tea"));
        bench.popular.addAll(List.of("tea", "sofa", "cup", "mug"));
        assertEquals(List.of("pan", "mug"), products(bench.ask(cheap, 5)));
    }

    @Test
    void whatAFilterAsksForMustBeKnown() {
        bench.enable("knn", false, giving("ghost", "mug"));
        assertEquals(List.of("ghost", "mug"), products(bench.ask(plain(), 2)), "nothing is asked for");
        bench.product("free", "kitchen", "", Double.NaN);
        bench.running.clear();
        bench.enable("knn", false, giving("free", "ghost", "mug"));
        List<String> cheap = products(bench.ask(placement(null, filters(null, null, 100.0, null, null), null, null), 9));
        assertEquals(Set.of("mug", "pan", "cup", "tea"), Set.copyOf(cheap));
    }

    @Test
    void categoriesMeanAllBelowThem() {
        bench.enable("knn", false, giving("sofa", "pan", "tea", "mug"));
        assertEquals(List.of("pan", "mug"), products(bench.ask(placement(null, filters(null, null, null, List.of("kitchen"), null),
                null, null), 2)));
        bench.product("odd", "kitchenware", "x", 1);
        bench.running.clear();
        bench.enable("knn", false, giving("odd", "pan"));
        assertEquals("pan", products(bench.ask(placement(null, filters(null, null, null, List.of("kitchen"), null), null, null), 1)).get(0));
    }

    @Test
    void comparesWithTheProductLookedAt() {
        bench.enable("knn", false, giving("sofa", "pan", "tea", "mug", "cup"));
        bench.looked = Optional.of("mug");
        Filters near = new Filters(null, null, null, null, null, null, null, null, null, null, null, new Ratio(0.5, 1.0), null);
        assertEquals(List.of("tea", "cup"), products(bench.ask(placement(null, near, null, null), 9)));
        Filters same = new Filters(null, null, null, null, null, null, null, null, null, null, null, null, true);
        assertEquals(List.of("cup"), products(bench.ask(placement(null, same, null, null), 9)));
    }

    @Test
    void boughtAndVisitedProductsAreLeftOutUnlessThePlacementLetsThem() {
        bench.enable("knn", false, giving("tea", "mug", "pan"));
        bench.bought.add("tea");
        bench.visited.add("mug");
        assertEquals(List.of("pan"), products(bench.ask(plain("knn"), 1)));
        Filters open = new Filters(null, null, null, null, null, null, null, null, null, false, false, null, null);
        assertEquals(List.of("tea", "mug"), products(bench.ask(placement(List.of("knn"), open, null, null), 2)));
        Placement search = new Placement("s", "S", "search", null, List.of("knn"), null, null, null, null, null, null);
        assertEquals(List.of("tea", "mug"), products(bench.ask(search, 2)), "who searches may want it again");
    }

    @Test
    void pinsStandOnTheirPositions() {
        bench.enable("knn", false, giving("tea", "mug", "pan", "cup"));
        Answer<Recommended> answer = bench.ask(placement(null, null, null, null, pin("top", 1, "sofa"),
                pin("third", 3, "cup", "ghost", "pan")), 5);
        assertEquals(List.of("sofa", "tea", "cup", "pan", "mug"), products(answer));
        assertEquals(List.of(Optional.of("top"), Optional.empty(), Optional.of("third")), answer.value().items().subList(0, 3).stream()
                .map(Recommended.Item::rule).toList());
        assertEquals(List.of("placement-pin"), codes(answer.value().items().get(0)));
        assertEquals(Optional.of("rule"), answer.value().items().get(0).strategy());
        double before = Double.POSITIVE_INFINITY;
        for (Recommended.Item item : answer.value().items()) {
            assertTrue(item.score() <= before, "scores never rise");
            before = item.score();
        }
    }

    @Test
    void aPinWithoutProductsTakesTheBestCandidateItMeans() {
        bench.enable("knn", false, giving("tea", "pan", "mug"));
        Rule kitchen = new Rule("kitchen", null, null, "pin", null, List.of("kitchen"), null, null, 1, null, null, null, null);
        assertEquals(List.of("pan", "tea", "mug"), products(bench.ask(placement(List.of("knn"), null, null, null, kitchen), 3)));
    }

    @Test
    void boostsAndBuriesMoveProductsAndSaySo() {
        bench.enable("knn", false, giving("tea", "sofa", "mug", "pan"));
        Answer<Recommended> answer = bench.ask(placement(null, null, null, null, factor("up", "boost", 5, "kitchen"),
                factor("down", "bury", 0.1, "drinks")), 4);
        assertEquals(List.of("mug", "sofa", "pan", "tea"), products(answer));
        assertEquals(List.of("liked", "placement-boost"), codes(answer.value().items().get(0)));
        assertEquals("Moved up by the rule “up”.", answer.value().items().get(0).reasons().get(1).text());
        bench.locale = Locale.SIMPLIFIED_CHINESE;
        assertEquals("由规则“up”提前。", bench.ask(placement(null, null, null, null, factor("up", "boost", 5, "kitchen")), 4).value()
                .items().get(0).reasons().get(1).text());
    }

    @Test
    void rulesHoldInTheirTimeByTheStoresClock() {
        bench.enable("knn", false, giving("tea", "mug"));
        Rule friday = new Rule("friday", null, null, "pin", List.of("sofa"), null, null, null, 1, null, "2026-11-27", "2026-11-27", null);
        Placement sale = placement(List.of("knn"), null, null, null, friday);
        bench.now = Instant.parse("2026-11-26T15:59:59Z");
        assertEquals(List.of("tea", "mug"), products(bench.ask(sale, 2)));
        bench.now = Instant.parse("2026-11-26T16:00:00Z");
        assertEquals(List.of("sofa", "tea"), products(bench.ask(sale, 2)), "midnight in Shanghai");
        bench.now = Instant.parse("2026-11-27T16:00:00Z");
        assertEquals(List.of("tea", "mug"), products(bench.ask(sale, 2)));
        assertEquals(Instant.parse("2026-11-27T08:00:00Z"), ScheduleTimes.begin("2026-11-27T08:00Z", PlacedBench.ZONE));
        assertEquals(Instant.parse("2026-11-27T00:00:00Z"), ScheduleTimes.begin("2026-11-27T08:00", PlacedBench.ZONE));
        assertEquals(Instant.parse("2026-11-27T13:00:00Z"), ScheduleTimes.begin("2026-11-27T08:00-05:00", PlacedBench.ZONE));
    }

    @Test
    void rulesHoldForTheirCustomersAlone() {
        bench.enable("knn", false, giving("tea", "mug"));
        Rule north = new Rule("north", null, null, "pin", List.of("sofa"), null, null, null, 1, null, null, null,
                new Segment(List.of("CN"), List.of("Hebei", "Shanxi"), null));
        Placement regional = placement(List.of("knn"), null, null, null, north);
        assertEquals("tea", products(bench.ask(regional, 1)).get(0), "somebody unknown");
        bench.place = new Place("CN", "Hebei", "");
        assertEquals("sofa", products(bench.ask(regional, 1)).get(0));
        bench.place = new Place("CN", "Yunnan", "");
        assertEquals("tea", products(bench.ask(regional, 1)).get(0));
    }

    @Test
    void unlikeProductsComeEarlierWhenTheListIsToBeSpread() {
        bench.enable("knn", false, giving("mug", "cup", "pan", "sofa"));
        assertEquals(List.of("mug", "cup", "pan", "sofa"), products(bench.ask(placement(List.of("knn"), null,
                new Diversity(1.0, null, null), null), 4)));
        List<String> spread = products(bench.ask(placement(List.of("knn"), null, new Diversity(0.3, null, null), null), 4));
        assertEquals(List.of("mug", "sofa"), spread.subList(0, 2));
        assertEquals("cup", spread.get(3), "the one most like the first");
    }

    @Test
    void capsHoldThroughTheWholeChain() {
        bench.enable("knn", false, giving("mug", "cup", "tea"));
        bench.popular.addAll(List.of("cup", "pan", "sofa"));
        Answer<Recommended> answer = bench.ask(placement(null, null, new Diversity(null, 1, null), List.of("popular")), 5);
        assertEquals(List.of("mug", "tea", "pan", "sofa"), products(answer), "cup is of the mug's category");
        assertEquals(List.of("mug", "tea", "pan", "sofa"), products(bench.ask(placement(null, null, new Diversity(null, null, 1), null), 5)));
    }

    @Test
    void theChainFillsTheListAndSaysHow() {
        bench.enable("knn", false, giving("tea"));
        bench.enable("popular-plugin", true, giving("tea", "mug"));
        bench.popular.add("pan");
        Answer<Recommended> answer = bench.ask(placement(null, null, null, List.of("popular")), 5);
        assertEquals(List.of("tea", "pan", "mug", "sofa", "cup"), products(answer));
        assertEquals(List.of(0, 1, 2, 3, 3), answer.value().items().stream().map(Recommended.Item::level).toList());
        assertEquals(3, answer.value().level());
        assertEquals(List.of("knn", "catalogue", "popular-plugin", "catalogue", "catalogue"), answer.value().items().stream()
                .map(item -> item.strategy().orElseThrow()).toList());
        assertEquals(List.of("liked", "filled-up"), codes(answer.value().items().get(2)));
        assertEquals(List.of("catalogue-popular"), codes(answer.value().items().get(1)));
        assertEquals(Optional.empty(), answer.fallback(), "the strategy did answer");
    }

    @Test
    void theCatalogueAnswersWhenNoPluginDoes() {
        Answer<Recommended> nobody = bench.ask(plain(), 2);
        assertEquals(List.of("sofa", "pan"), products(nobody), "the newest first");
        assertEquals("catalogue", nobody.servedBy().plugin());
        bench.enable("sick", false, request -> {
            throw new IllegalStateException("on purpose");
        });
        Answer<Recommended> sick = bench.ask(plain("sick"), 2);
        assertEquals(2, sick.value().items().size());
        assertEquals("sick failed with IllegalStateException; catalogue answered instead.", sick.fallback().orElseThrow());
        bench.products.clear();
        assertEquals(List.of(), products(bench.ask(plain("sick"), 2)), "there is nothing to show");
    }

    @Test
    void aPluginThatHangsLeavesTimeForTheNext() {
        bench.enable("slow", false, request -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Ranking(List.of());
        });
        bench.enable("knn", false, giving("tea"));
        Answer<Recommended> answer = bench.ask(plain("slow", "knn"), 1);
        assertEquals(List.of("tea"), products(answer));
        assertEquals("slow did not answer within 500 ms; knn answered instead.", answer.fallback().orElseThrow());
    }

    @Test
    void aPluginThatIgnoresTheFiltersGivesNothing() {
        bench.enable("deaf", false, request -> new Ranking(List.of(new RankedItem("sofa", 1, List.of()))));
        Answer<Recommended> answer = bench.ask(placement(List.of("deaf"), filters(null, null, 10.0, null, null), null, null), 9);
        assertFalse(products(answer).contains("sofa"));
        assertEquals(3, answer.value().items().size());
    }

    @Test
    void oneNamedPluginIsAskedInThePlacementsFrame() {
        bench.enable("knn", false, giving("tea"));
        bench.enable("als", false, giving("mug"));
        bench.named = Optional.of("als");
        assertEquals("mug", products(bench.ask(plain("knn"), 1)).get(0));
        assertEquals(List.of("mug", "tea"), products(bench.rerank(plain("knn"), List.of("tea", "mug"), 2, 1)));
        bench.named = Optional.of("gone");
        assertThrows(NoSuchElementException.class, () -> bench.ask(plain("knn"), 1));
        bench.customer = Optional.empty();
        assertThrows(NoSuchElementException.class, () -> bench.rerank(plain("knn"), List.of("tea", "mug"), 2, 1));
    }

    @Test
    void aGivenListIsOrderedForThePerson() {
        bench.enable("knn", false, giving("pan", "tea"));
        Placement search = new Placement("search", "S", "search", null, null, null, null, null, null, null, null);
        List<String> given = List.of("mug", "sofa", "tea", "cup", "pan");
        assertEquals(List.of("pan", "tea", "mug", "sofa", "cup"), products(bench.rerank(search, given, 5, 1)));
        List<String> half = products(bench.rerank(search, given, 5, 0.5));
        assertEquals(List.of("tea", "pan"), half.subList(0, 2));
        assertEquals(given, products(bench.rerank(search, given, 5, 0)), "the shop's own order");
        assertEquals(List.of("mug", "sofa", "cup"), half.stream().filter(p -> !p.equals("tea") && !p.equals("pan")).toList(),
                "what nobody ranks keeps its order");
        assertEquals(List.of("pan", "tea"), products(bench.rerank(search, given, 2, 1)));
        bench.blocked.add("pan");
        assertEquals(List.of("tea", "mug", "sofa", "cup"), products(bench.rerank(search, given, 5, 1)));
        bench.customer = Optional.empty();
        assertEquals(List.of("mug", "sofa", "tea", "cup"), products(bench.rerank(search, given, 5, 1)), "nobody is known");
    }

    @Test
    void aPreviewShowsEveryStage() {
        bench.enable("knn", false, giving("sofa", "tea", "mug", "pan"));
        bench.soldOut.add("tea");
        PlacementPreview preview = bench.preview(placement(List.of("knn", "gone"), filters(true, null, null, null, null), null, null,
                factor("up", "boost", 9, "kitchen"), pin("top", 1, "cup")), 3);
        assertEquals(List.of("gone", "knn"), preview.strategies().stream().map(PlacementPreview.Stage::strategy).toList());
        assertEquals("gone is not enabled for this store", preview.strategies().get(0).note());
        assertEquals(List.of("sofa", "mug", "pan"), preview.ranked().stream().map(PlacementPreview.Scored::product).toList());
        assertEquals(List.of(new PlacementPreview.Held("tea", "sold-out", "It is sold out.")), preview.held());
        assertEquals(Map.of("sold-out", 1), preview.heldCounts());
        assertEquals(List.of(new PlacementPreview.Moved("up", "boost", "mug", 2, 1), new PlacementPreview.Moved("up", "boost", "pan", 3, 3),
                new PlacementPreview.Moved("top", "pin", "cup", 0, 1)), preview.moved());
        assertEquals(List.of("cup", "mug", "sofa"), products(preview.answer()));
    }
}
