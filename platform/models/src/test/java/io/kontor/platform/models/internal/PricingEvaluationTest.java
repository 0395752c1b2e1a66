package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.api.model.Training;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PricingEvaluationTest {

    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 6);
    private static final int WEEKS = 50;

    private final SampleStore data = new SampleStore(Locale.ENGLISH);
    private final PricingEvaluation evaluation = new PricingEvaluation();

    /** A model that answers by a rule and remembers what it was asked. */
    private static final class Rule implements TrainedDemandModel<String> {

        private final List<DemandQuery> asked = new ArrayList<>();
        private final Function<DemandQuery, double[]> rule;
        private final Elasticity elasticity;

        Rule(Elasticity elasticity, Function<DemandQuery, double[]> rule) {
            this.elasticity = elasticity;
            this.rule = rule;
        }

        @Override
        public Optional<Elasticity> elasticity(String model, String product) {
            return Optional.ofNullable(elasticity);
        }

        @Override
        public double[] demand(String model, String product, double[] prices) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double[] demand(String model, DemandQuery query) {
            asked.add(query);
            return rule.apply(query);
        }

        @Override
        public String train(Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(String model, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String read(InputStream in) {
            throw new UnsupportedOperationException();
        }
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Three products at 10, 11 and 12, sold two a day, or three in every fifth week, which has a promotion and a competitor at 8. */
    private void fill(int weeks) {
        for (int p = 0; p < 3; p++) {
            for (int day = 0; day < weeks * 7; day++) {
                boolean promoted = day / 7 % 5 == 4;
                data.add(Entity.SALES, Map.of("productId", "p" + p, "date", at(BEGIN.plusDays(day)), "quantity", promoted ? 3.0 : 2.0, "price",
                        10.0 + p, "promotion", promoted ? 1.0 : 0.0));
                if (day % 7 == 0) {
                    data.add(Entity.PRICES, Map.of("productId", "p" + p, "price", promoted ? 8.0 : 9.0, "from", at(BEGIN.plusDays(day)),
                            "kind", "competitor", "source", "rival"));
                }
            }
        }
    }

    private FamilyEvaluation.Holdout holdout() {
        return evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()).orElseThrow();
    }

    private static Map<String, Double> metrics(FamilyEvaluation.Holdout holdout, Rule rule) {
        return holdout.judge(rule, "model", new SampleJob()).evaluation().metrics();
    }

    @Test
    void tellsTheModelAllThatIsKnownOfTheHeldOutWeeks() {
        fill(WEEKS);
        Rule rule = new Rule(null, query -> new double[] {query.promotion() > 0 ? 3 : 2});
        Map<String, Double> metrics = metrics(holdout(), rule);
        assertEquals(0, metrics.get("wape"), 1e-9);
        assertEquals(0, metrics.get("bias"), 1e-9);
        assertEquals(3 * 8, rule.asked.size());
        DemandQuery last = rule.asked.stream().filter(query -> query.product().equals("p1")
                && query.period().equals(Optional.of(BEGIN.plusWeeks(WEEKS - 1)))).findFirst().orElseThrow();
        assertEquals(11, last.prices()[0], 1e-9);
        assertEquals(1, last.promotion());
        assertEquals(8, last.competitorPrice(), 1e-9);
        assertEquals(10, last.otherPrices().get("p0"), 1e-9);
        assertEquals(12, last.otherPrices().get("p2"), 1e-9);
    }

    @Test
    void measuresWhatTheDefinitionsSay() {
        fill(WEEKS);
        Rule rule = new Rule(new Elasticity(0.5, 0, 1, "own", 9), query -> new double[] {2});
        FamilyEvaluation.Judgement judgement = holdout().judge(rule, "model", new SampleJob());
        // Two of the eight weeks have a promotion and sell 21 where 14 are expected.
        double sold = 6 * 14 + 2 * 21;
        assertEquals(2 * 7 / sold, judgement.evaluation().metrics().get("wape"), 1e-9);
        assertEquals(-2 * 7 / sold, judgement.evaluation().metrics().get("bias"), 1e-9);
        assertEquals(Math.sqrt(2 * Math.pow(Math.log(15.0 / 22), 2) / 8), judgement.evaluation().metrics().get("rmsle"), 1e-9);
        assertEquals(1.0, judgement.evaluation().metrics().get("wrongSigns"));
        assertEquals(3, judgement.cases());
        assertEquals("wape", judgement.evaluation().primary());
    }

    @Test
    void takesNoAnswerForNoDemand() {
        fill(WEEKS);
        assertEquals(1, metrics(holdout(), new Rule(null, query -> new double[0])).get("wape"), 1e-9);
    }

    @Test
    void trainingDoesNotSeeTheHeldOutWeeks() {
        fill(WEEKS);
        DemandTable known = DemandTable.of(holdout().earlier(), ZoneOffset.UTC, new SampleJob());
        assertEquals(Optional.of(BEGIN.plusWeeks(WEEKS - 8).minusDays(1)), known.lastDay());
        assertEquals(at(BEGIN.plusWeeks(WEEKS - 8)), holdout().begin());
    }

    @Test
    void judgesSumsOfMonthsByMonth() {
        for (int p = 0; p < 3; p++) {
            for (int month = 0; month < 24; month++) {
                LocalDate first = LocalDate.of(2023, 1, 1).plusMonths(month);
                data.add(Entity.SALES, Map.of("productId", "p" + p, "date", at(first), "quantity", 2.0 * first.lengthOfMonth(), "price", 5.0));
            }
        }
        assertEquals(Step.MONTH, DemandTable.of(data.snapshot(), ZoneOffset.UTC, new SampleJob()).step());
        Rule rule = new Rule(null, query -> new double[] {2});
        assertEquals(0, metrics(holdout(), rule).get("wape"), 1e-9);
        assertEquals(3 * 4, rule.asked.size(), "a fifth of two years");
    }

    @Test
    void passesOverWeeksOutOfStock() {
        fill(WEEKS);
        for (int day = 0; day < WEEKS * 7; day++) {
            boolean out = day >= (WEEKS - 2) * 7;
            data.add(Entity.SALES, Map.of("productId", "gone", "date", at(BEGIN.plusDays(day)), "quantity", out ? 0.0 : 2.0, "price", 10.0,
                    "inStock", out ? 0.0 : 1.0));
        }
        Rule rule = new Rule(null, query -> new double[] {query.promotion() > 0 ? 3 : 2});
        assertEquals(0, metrics(holdout(), rule).get("wape"), 1e-9);
        assertEquals(6, rule.asked.stream().filter(query -> query.product().equals("gone")).count());
    }

    @Test
    void saysWhyItCannotJudge() {
        KontorException nothing = assertThrows(KontorException.class,
                () -> evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()));
        assertTrue(nothing.getMessage().contains("sold nothing yet"), nothing.getMessage());
        fill(10);
        assertFalse(evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()).isPresent());
    }

    @Test
    void doesNotTakeAnAnswerThatIsNone() {
        fill(WEEKS);
        FamilyEvaluation.Holdout holdout = holdout();
        for (double[] broken : new double[][] {null, {-1}, {Double.NaN}, {1, 2}}) {
            assertThrows(KontorException.class, () -> holdout.judge(new Rule(null, query -> broken), "model", new SampleJob()));
        }
        assertThrows(KontorException.class, () -> holdout.judge("no model", "model", new SampleJob()));
    }
}
