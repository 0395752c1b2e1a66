package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placements.Change;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class KeptPlacementsTest {

    private static Placement titled(String id, String title) {
        return new Placement(id, title, "home", null, null, null, null, null, null, null, null);
    }

    private static Placement full() {
        return new Placement("home", "首页", "home", true, List.of("knn", "als"), "ranker",
                new Filters(true, 1.0, 99.5, List.of("a/b"), List.of("c"), List.of("x"), List.of("y"), List.of("p9"),
                        Map.of("colour", List.of("red", "blue")), false, true, new Ratio(0.5, 2.0), true),
                List.of(new Rule("sale", "Sale", true, "boost", null, List.of("a"), null, null, null, 2.0, "2026-11-27", "2026-11-30T12:00",
                        new Placement.Segment(List.of("CN"), null, null)),
                        new Rule("pin", null, true, "pin", List.of("p1"), null, null, null, 1, null, null, null, null)),
                new Diversity(0.7, 3, 2), List.of("popular"), 0.3);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsWhatWasPutAndTellsEveryChange(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("decisions",
                List.of(KeptPlacementsTest.class.getResource("/db/migration/V7__placements.sql"))))) {
            KeptPlacements placements = new KeptPlacements(database);
            assertEquals(List.of(), placements.list("shop"));
            placements.put("shop", full(), "anna");
            placements.put("shop", titled("cart", "Cart"), "bert");
            placements.put("shop", titled("home", "Home"), "bert");
            assertEquals(List.of("cart", "home"), placements.list("shop").stream().map(Placement::id).toList());
            assertEquals(List.of("cart", "home"), new KeptPlacements(database).list("shop").stream().map(Placement::id).toList());
            assertEquals(List.of(), placements.list("other"));
            assertTrue(placements.delete("shop", "home", "carl"));
            assertFalse(placements.delete("shop", "home", "carl"));
            assertEquals(Optional.empty(), placements.find("shop", "home"));
            List<Change> changes = placements.history("shop", "home", 10);
            assertEquals(List.of("carl", "bert", "anna"), changes.stream().map(Change::by).toList());
            assertEquals(List.of(3L, 2L, 1L), changes.stream().map(Change::version).toList());
            assertEquals(full(), changes.get(2).content());
            assertEquals(null, changes.get(0).content());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void oneDefinitionOfAPlacementHoldsAndNoneOfOneThatIsOff(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("decisions",
                List.of(KeptPlacementsTest.class.getResource("/db/migration/V7__placements.sql"))))) {
            KeptPlacements placements = new KeptPlacements(database);
            EffectivePlacements effective = new EffectivePlacements(placements);
            assertEquals(Optional.empty(), effective.effective("shop", "home", "anna"));
            placements.put("shop", titled("home", "Home"), "");
            assertEquals(Optional.of(titled("home", "Home")), effective.effective("shop", "home", "anna"));
            placements.put("shop", new Placement("home", "Home", "home", false, null, null, null, null, null, null, null), "");
            assertEquals(Optional.empty(), effective.effective("shop", "home", "anna"));
        }
    }

    private static List<String> faults(Placement placement) {
        return assertThrows(FormRefusedException.class, () -> PlacementCheck.check(placement)).faults().stream()
                .map(FormRefusedException.Fault::field).toList();
    }

    @Test
    void aGoodDefinitionPasses() throws Exception {
        PlacementCheck.check(full());
        PlacementCheck.check(titled("a", "A"));
    }

    @Test
    void namesEveryFieldAtFault() {
        assertEquals(List.of("id", "title", "kind"), faults(new Placement("A b", " ", "attic", null, null, null, null, null, null, null, null)));
        assertEquals(List.of("strategies", "filters.minPrice", "filters.maxPrice", "filters.brands", "filters.priceRelativeToProduct.max",
                "diversity.mmrLambda", "diversity.maxPerBrand", "fallback", "personalWeight"),
                faults(new Placement("a", "A", "home", null, List.of("knn", "knn"), null, new Filters(null, -1.0, -2.0, null, null, List.of(""),
                        null, null, null, null, null, new Ratio(2.0, 1.0), null), null, new Diversity(1.5, null, 0), List.of(" "), 2.0))
                        .stream().distinct().toList());
    }

    private static Rule rule(String id, String kind, List<String> products, Integer position, Double factor, String from, String to) {
        return new Rule(id, null, null, kind, products, null, null, null, position, factor, from, to, null);
    }

    @Test
    void namesTheRuleAtFault() {
        Placement wrong = new Placement("a", "A", "home", null, null, null, null, List.of(
                rule("one", "pin", List.of("p"), null, null, null, null), rule("one", "boost", List.of("p"), null, 0.5, null, null),
                rule("two", "bury", List.of(), 3, 0.5, "tomorrow", null), rule("three", "float", List.of("p"), null, null, "2026-12-02",
                        "2026-12-01")), null, null, null);
        assertEquals(List.of("rules[0].position", "rules[1].id", "rules[1].factor", "rules[2].products", "rules[2].position", "rules[2].from",
                "rules[3].kind", "rules[3].to"), faults(wrong));
    }
}
