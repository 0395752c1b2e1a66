package io.kontor.platform.admin.internal.placements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement.Segment;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Placements in their form. */
class PlacementFieldsTest {

    private static final Placement FULL = new Placement("home", "首页", "home", true, List.of("knn", "als"), "ranker",
            new Filters(true, 1.5, 99.0, List.of("a/b", "c"), List.of("d"), List.of("x"), List.of("y"), List.of("p9"),
                    Map.of("colour", List.of("red", "blue"), "size", List.of("m")), true, false, new Ratio(0.5, null), true),
            List.of(new Rule("sale", "Sale", true, "boost", List.of(), List.of("a"), List.of("x"), Map.of("colour", List.of("red")), null, 2.5,
                    "2026-11-27", "2026-11-30T12:00", new Segment(List.of("CN"), List.of(), List.of("Hangzhou"))),
                    new Rule("top", "Top", false, "pin", List.of("p1", "p2"), null, null, null, 1, null, null, null, null)),
            new Diversity(0.7, 3, null), List.of("popular", "knn"), 0.3, "thompson");

    @Test
    void whatIsKeptComesBackOutOfItsForm() {
        assertEquals(FULL, PlacementFields.of(FULL).placement("home"));
        assertEquals("home", PlacementFields.empty().placement("home").kind());
    }

    @Test
    void aRuleWithoutIdGetsAFreeOne() {
        PlacementFields more = PlacementFields.of(FULL).withRule().withRule();
        assertEquals(List.of("sale", "top", "rule-3", "rule-4"), more.placement("home").rules().stream().map(Rule::id).toList());
    }

    @Test
    void whatIsNoNumberIsLeftToBeRefused() {
        Visit visit = Visits.posted(Role.OPERATOR, Map.of(), "title", "A", "kind", "home", "minPrice", "cheap", "maxPerBrand", "x", "maxPrice",
                "9,5", "strategy", "knn", "strategy", "als", "row", "0", "r0.kind", "pin", "r0.products", "p1, p2", "r0.position", "2");
        Placement read = PlacementFields.of(visit).placement("a");
        assertTrue(Double.isNaN(read.filters().minPrice()));
        assertEquals(9.5, read.filters().maxPrice());
        assertEquals(0, read.diversity().maxPerBrand());
        assertEquals(List.of("knn", "als"), read.strategies());
        assertEquals(List.of("p1", "p2"), read.rules().get(0).products());
    }
}
