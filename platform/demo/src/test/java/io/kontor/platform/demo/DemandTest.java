package io.kontor.platform.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemandTest {

    private static final long SEED = 3;
    private static final Span SPAN = Span.until(LocalDate.of(2026, 3, 31), ZoneOffset.UTC);

    static Stream<Profile> profiles() {
        return DemoStore.all().stream().map(DemoStore::id).map(Profile::of);
    }

    /** From one week to the next only price, season and growth change what is expected of a week day. */
    @ParameterizedTest
    @MethodSource("profiles")
    void answersToPriceByTheTrueElasticity(Profile profile) {
        for (Item item : Catalogue.of(profile, SEED)) {
            Chance chance = Chance.of(SEED, item.id());
            PriceTags prices = PriceTags.of(profile, item, SPAN, chance);
            Demand demand = Demand.of(profile, item, prices, SPAN, chance);
            double products = 0;
            double squares = 0;
            for (int day = item.launch(); day + 7 < SPAN.all(); day++) {
                if (!prices.promoted(day) && !prices.promoted(day + 7)) {
                    double x = Math.log(prices.price(day + 7) / prices.price(day));
                    double y = Math.log(demand.mean(day + 7) / demand.mean(day) * season(item, day) / season(item, day + 7))
                            - profile.number("growth") * 7 / 730;
                    products += x * y;
                    squares += x * x;
                }
            }
            assertTrue(squares > 0.05, item.id() + " has a price that moves");
            assertEquals(item.appetite().elasticity(), products / squares, 0.02, item.id());
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void isWhatIsExpectedOnTheWhole(Profile profile) {
        List<Item> items = Catalogue.of(profile, SEED);
        double expected = 0;
        double wanted = 0;
        for (Item item : items) {
            Chance chance = Chance.of(SEED, item.id());
            Demand demand = Demand.of(profile, item, PriceTags.of(profile, item, SPAN, chance), SPAN, chance);
            for (int day = 0; day < SPAN.days(); day++) {
                expected += demand.mean(day);
                wanted += demand.wanted(day);
            }
        }
        assertEquals(1, wanted / expected, 0.03);
        assertEquals(profile.number("units"), wanted / SPAN.days(), 0.3 * profile.number("units"));
    }

    private static double season(Item item, int day) {
        return item.appetite().season(SPAN.date(day).getDayOfYear());
    }
}
