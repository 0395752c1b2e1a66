package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far answers are apart, and who takes part in a trial. */
class DifferencesTest {

    private static Ranking ranking(String products) {
        List<RankedItem> items = new ArrayList<>();
        for (char product : products.toCharArray()) {
            items.add(new RankedItem(String.valueOf(product), -items.size(), List.of(new Reason("code", "text", 1))));
        }
        return new Ranking(items);
    }

    @Test
    void overlapIsTheShareOfCommonProducts() {
        assertEquals(1, Differences.overlap(ranking("abcd"), ranking("dcba")));
        assertEquals(0.5, Differences.overlap(ranking("abcd"), ranking("abxy")));
        assertEquals(0.25, Differences.overlap(ranking("abcd"), ranking("a")));
        assertEquals(0, Differences.overlap(ranking("ab"), ranking("")));
        assertEquals(1, Differences.overlap(ranking(""), ranking("")));
    }

    @Test
    void rankBiasedOverlapIsTheOneOfThePaper() {
        assertEquals(1, Differences.rankBiasedOverlap(ranking("abcd"), ranking("abcd")), 1e-12);
        assertEquals(0, Differences.rankBiasedOverlap(ranking("abcd"), ranking("wxyz")), 1e-12);
        // by hand for "abc" and "bac": agreements 0, 1, 1; (1-p)/p * (p^2 + p^3) + p^3 with p = 0.9
        assertEquals(0.1 / 0.9 * (0.81 + 0.729) + 0.729, Differences.rankBiasedOverlap(ranking("abc"), ranking("bac")), 1e-12);
        // by hand for "a" and "ab": (1-p)/p * (p + p^2/2 + 1*(2-1)/(1*2) * p^2) + ((1-1)/2 + 1/1) * p^2
        assertEquals(0.1 / 0.9 * (0.9 + 0.81 / 2 + 0.81 / 2) + 0.81, Differences.rankBiasedOverlap(ranking("a"), ranking("ab")), 1e-12);
        assertEquals(Differences.rankBiasedOverlap(ranking("ab"), ranking("a")), Differences.rankBiasedOverlap(ranking("a"), ranking("ab")));
        assertTrue(Differences.rankBiasedOverlap(ranking("abcx"), ranking("abcy"))
                > Differences.rankBiasedOverlap(ranking("xabc"), ranking("yabc")), "the head of the list counts most");
        assertEquals(1, Differences.rankBiasedOverlap(ranking(""), ranking("")));
        assertEquals(0, Differences.rankBiasedOverlap(ranking(""), ranking("a")));
    }

    @Test
    void percentIsOfTheChampion() {
        assertEquals(50, Differences.percent(2, 3));
        assertEquals(-50, Differences.percent(2, 1));
        assertEquals(0, Differences.percent(0, 0));
        assertEquals(100, Differences.percent(0, 7));
    }

    @Test
    void whatLiesOutsideIsCountedAtTheEdge() {
        assertEquals(0, Measure.MEAN_PERCENT.bin(-500));
        assertEquals(19, Measure.MEAN_PERCENT.bin(500));
        assertEquals(10, Measure.MEAN_PERCENT.bin(0));
        assertEquals(19, Measure.OVERLAP.bin(1));
        assertEquals(0.5, Measure.OVERLAP.edge(10));
    }

    @Test
    void aTrialIsMadeOnTheSameCustomersAllTheTimeAndOnMoreWhenItsShareGrows() {
        int inTen = 0;
        int inBoth = 0;
        for (int i = 0; i < 20_000; i++) {
            double place = Sticky.percent("model-1", "c" + i);
            assertEquals(place, Sticky.percent("model-1", "c" + i));
            inTen += place < 10 ? 1 : 0;
            inBoth += place < 10 && Sticky.percent("model-2", "c" + i) < 10 ? 1 : 0;
        }
        assertEquals(2_000, inTen, 150, "a tenth of the customers");
        assertEquals(200, inBoth, 60, "the next trial is made on others");
        assertNotEquals(Sticky.percent("ab", "c"), Sticky.percent("a", "bc"));
    }
}
