package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.store.Store;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class DemandEvaluationTest {

    private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");
    private static final int DAYS = 168;

    private final SampleStore data = new SampleStore(Locale.ENGLISH);
    private final DemandEvaluation evaluation = new DemandEvaluation();

    private static Store in(String zone) {
        return new Store("shop", "Shop", Currency.getInstance("USD"), Locale.ENGLISH, ZoneId.of(zone), "US");
    }

    /** Three products of 10 and 20 units on changing days; the first one is out of stock, and sells nothing, on the last day. */
    private void fill(int days) {
        for (int p = 0; p < 3; p++) {
            for (int day = 0; day < days; day++) {
                boolean out = p == 0 && day == days - 1;
                data.add(Entity.SALES, Map.of("productId", "p" + p, "date", BEGIN.plusSeconds(86_400L * day), "quantity",
                        out ? 0.0 : day % 2 == 0 ? 10.0 : 20.0, "inStock", out ? 0.0 : 1.0));
            }
        }
    }

    private static Forecaster always(double mean, double median, double high) {
        return request -> {
            double[][] rows = new double[3][request.horizon()];
            Arrays.fill(rows[0], mean);
            Arrays.fill(rows[1], median);
            Arrays.fill(rows[2], high);
            return new Forecast(rows[0], new double[][] {rows[1], rows[2]}, "constant", List.of());
        };
    }

    private FamilyEvaluation.Holdout holdout(String zone) {
        return evaluation.holdOut(data.snapshot(), in(zone), 1, new SampleJob()).orElseThrow();
    }

    @Test
    void measuresWhatTheDefinitionsSay() {
        fill(DAYS);
        FamilyEvaluation.Judgement judgement = holdout("UTC").judge(always(14, 10, 20), null, new SampleJob());
        Map<String, Double> metrics = judgement.evaluation().metrics();
        // Days alternate, so the day a week before differs by 10, and so does the day before. Errors are 4 and 6, and 4 alone on 14 of 27 days.
        assertEquals(0.5 * 2 / 3 + (14 * 0.4 + 13 * 0.6) / 27 / 3, metrics.get("mase"), 1e-9);
        double squares = Math.sqrt((16 + 36) / 2.0) * 2 / 3 + Math.sqrt((14 * 16.0 + 13 * 36) / 27) / 3;
        assertEquals(squares / 10, metrics.get("rmsse"), 1e-9);
        double sold = 15 * 28 * 2 + 14 * 10 + 13 * 20;
        assertEquals((5 * 28 * 2 + 14 * 4 + 13 * 6) / sold, metrics.get("wape"), 1e-9);
        assertEquals((14 * 83 - sold) / sold, metrics.get("bias"), 1e-9);
        assertEquals(1.0, metrics.get("coverage90"));
        assertEquals((0.5 * 10 * 0.5 * 2 + 0.5 * 10 * 13 / 27) / 3 / 10, metrics.get("spl50"), 1e-9);
        assertEquals(3, judgement.cases());
        assertEquals(3, judgement.evaluation().cases());
    }

    @Test
    void holdsBackTheLatestFourWeeksInEveryTimeZone() {
        fill(DAYS);
        for (String zone : List.of("America/Los_Angeles", "UTC", "Asia/Shanghai")) {
            FamilyEvaluation.Holdout holdout = holdout(zone);
            DemandTable known = DemandTable.of(holdout.earlier(), ZoneId.of(zone), new SampleJob());
            assertEquals(DAYS - 28, known.series("p1", "", Step.DAY).orElseThrow().quantity().length, zone);
        }
    }

    /** Three products with sums of periods that alternate between 10 and 20 units. */
    private void fill(int periods, IntFunction<LocalDate> day) {
        for (int p = 0; p < 3; p++) {
            for (int t = 0; t < periods; t++) {
                data.add(Entity.SALES, Map.of("productId", "p" + p, "date", day.apply(t).atStartOfDay(ZoneOffset.UTC).toInstant(), "quantity",
                        t % 2 == 0 ^ t / 12 % 2 == 0 ? 10.0 : 20.0));
            }
        }
    }

    @Test
    void judgesSumsOfWeeksByWeek() {
        fill(143, week -> LocalDate.of(2010, 2, 5).plusWeeks(week));
        List<ForecastRequest> asked = new ArrayList<>();
        Forecaster forecaster = always(15, 15, 20);
        FamilyEvaluation.Judgement judgement = holdout("America/Chicago").judge((Forecaster) request -> {
            asked.add(request);
            return forecaster.forecast(request);
        }, null, new SampleJob());
        assertEquals(3, asked.size());
        assertEquals(Step.WEEK, asked.get(0).history().step());
        assertEquals(8, asked.get(0).horizon());
        assertEquals(135, asked.get(0).history().quantity().length);
        assertEquals(0.0, judgement.evaluation().metrics().get("bias"), 1e-9);
        assertEquals(5.0 / 15, judgement.evaluation().metrics().get("wape"), 1e-9);
    }

    @Test
    void judgesSumsOfMonthsByMonth() {
        fill(30, month -> LocalDate.of(2023, 1, 31).plusMonths(month));
        FamilyEvaluation.Holdout holdout = holdout("UTC");
        assertEquals(Instant.parse("2025-01-01T00:00:00Z"), holdout.begin());
        DemandTable known = DemandTable.of(holdout.earlier(), ZoneOffset.UTC, new SampleJob());
        assertEquals(24, known.series("p1", "", Step.MONTH).orElseThrow().quantity().length);
    }

    @Test
    void holdsBackAFifthOfAFewWeeks() {
        fill(20, week -> LocalDate.of(2025, 1, 6).plusWeeks(week));
        DemandTable known = DemandTable.of(holdout("UTC").earlier(), ZoneOffset.UTC, new SampleJob());
        assertEquals(16, known.series("p1", "", Step.WEEK).orElseThrow().quantity().length);
    }

    @Test
    void saysWhyItCannotJudge() {
        KontorException nothing = assertThrows(KontorException.class,
                () -> evaluation.holdOut(data.snapshot(), in("UTC"), 1, new SampleJob()));
        assertTrue(nothing.getMessage().contains("sold nothing yet"), nothing.getMessage());
        fill(20);
        assertEquals(Optional.empty(), evaluation.holdOut(data.snapshot(), in("UTC"), 1, new SampleJob()));
    }

    @Test
    void doesNotTakeAnAnswerThatIsNone() {
        fill(DAYS);
        KontorException broken = assertThrows(KontorException.class, () -> holdout("UTC").judge(always(5, 6, 4), null, new SampleJob()));
        assertEquals("An answer has quantiles that cross, or are not numbers from 0 on.", broken.getMessage());
        assertThrows(KontorException.class, () -> holdout("UTC").judge("no forecaster", null, new SampleJob()));
    }
}
