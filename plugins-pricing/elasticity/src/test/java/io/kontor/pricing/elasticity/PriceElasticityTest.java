package io.kontor.pricing.elasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.model.Training;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PriceElasticityTest {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private final SampleStore store = new SampleStore(Locale.ENGLISH);
    private final PriceElasticity plugin = new PriceElasticity(store);

    /** Weekly sales of a product with a given elasticity, promotions on low prices, a yearly season and shocks; one day carries the week. */
    private void sell(Random random, String product, String category, double elasticity, double level, int weeks, double spread) {
        store.add(Entity.PRODUCTS, Map.of("id", product, "category", category));
        double price = 10;
        for (int week = 0; week < weeks; week++) {
            if (random.nextInt(3) == 0) {
                price = 10 * Math.exp(spread * random.nextGaussian());
            }
            boolean promoted = spread > 0 && random.nextInt(8) == 0;
            double mean = level * Math.pow(price / 10, elasticity) * (promoted ? 1.5 : 1)
                    * (1 + 0.2 * Math.sin(2 * Math.PI * week / 52)) * Math.exp(0.15 * random.nextGaussian());
            for (int day = 0; day < 7; day++) {
                store.add(Entity.SALES, Map.of("productId", product, "date", BEGIN.plusSeconds(86_400L * (7 * week + day)), "quantity",
                        day == 0 ? Math.rint(mean) : 0.0, "price", price, "promotion", promoted ? 1.0 : 0.0));
            }
        }
    }

    private static byte[] bytes(PriceElasticity plugin, Curves model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(model, out);
        return out.toByteArray();
    }

    @Test
    void findsTheTrueElasticitiesWithinTheirIntervals() {
        Random random = new Random(4);
        int products = 60;
        double[] truth = new double[products];
        for (int p = 0; p < products; p++) {
            truth[p] = -2.4 + 0.5 * random.nextGaussian();
            sell(random, "p" + p, "food/" + p % 4, truth[p], 20 + random.nextInt(200), 60, 0.1);
        }
        Curves model = plugin.train(store.training(1));
        int inside = 0;
        double squares = 0;
        for (int p = 0; p < products; p++) {
            Elasticity found = plugin.elasticity(model, "p" + p).orElseThrow();
            inside += found.low() <= truth[p] && truth[p] <= found.high() ? 1 : 0;
            squares += (found.value() - truth[p]) * (found.value() - truth[p]) / products;
            assertTrue(found.value() < 0, "p" + p + " " + found);
            assertEquals("own", found.source());
        }
        assertTrue(inside >= 0.87 * products, inside + " of " + products + " true values lie inside of their 95 % intervals");
        assertTrue(Math.sqrt(squares) < 0.4, "error " + Math.sqrt(squares) + " where the truth itself spreads by 0.5");
    }

    @Test
    void drawsAProductWithoutPriceChangesToItsCategory() {
        Random random = new Random(5);
        for (int p = 0; p < 12; p++) {
            sell(random, "a" + p, "a", -1.2, 100, 60, 0.15);
            sell(random, "b" + p, "b", -3.5, 100, 60, 0.15);
        }
        sell(random, "a-fixed", "a", -1.2, 100, 60, 0);
        sell(random, "b-fixed", "b", -3.5, 100, 60, 0);
        Curves model = plugin.train(store.training(1));
        Elasticity a = plugin.elasticity(model, "a-fixed").orElseThrow();
        Elasticity b = plugin.elasticity(model, "b-fixed").orElseThrow();
        assertEquals("pooled", a.source());
        assertEquals(-1.2, a.value(), 0.3);
        assertEquals(-3.5, b.value(), 0.4);
        assertTrue(a.high() - a.low() > 0.3, "it knows that it does not know: " + a);
    }

    @Test
    void expectsMoreSalesAtALowerPrice() {
        sell(new Random(6), "p", "c", -2, 70, 80, 0.15);
        Curves model = plugin.train(store.training(1));
        double[] demand = plugin.demand(model, "p", new double[] {9, 10, 11});
        assertEquals(10, demand[1], 3.5, "units a day at the usual price, with a season that the level follows");
        double elasticity = plugin.elasticity(model, "p").orElseThrow().value();
        assertEquals(Math.pow(0.9, elasticity), demand[0] / demand[1], 1e-9);
        assertArrayEquals(new double[0], plugin.demand(model, "unknown", new double[] {1}));
        assertTrue(plugin.elasticity(model, "unknown").isEmpty());
    }

    @Test
    void explainsDemandByItsFactors() {
        Random random = new Random(6);
        sell(random, "p", "c", -2, 70, 80, 0.15);
        sell(random, "q", "c", -2, 50, 80, 0.15);
        Curves model = plugin.train(store.training(1));
        Explanation usual = plugin.explanation(model, DemandQuery.of("p", 10)).orElseThrow();
        DemandQuery cheap = new DemandQuery("p", new double[] {8}, 0.5, Double.NaN, Map.of("q", 20.0), Optional.of(LocalDate.of(2025, 4, 1)));
        Explanation explanation = plugin.explanation(model, cheap).orElseThrow();
        double demand = plugin.demand(model, cheap)[0];
        assertEquals(Explanation.Kind.MULTIPLICATIVE, explanation.kind());
        assertEquals(demand, explanation.output(), 1e-9);
        assertEquals(demand, explanation.base() + explanation.contributions().stream().mapToDouble(Contribution::amount).sum(), 1e-9);
        assertEquals(usual.base(), explanation.base(), "the level is that of late whatever is asked");
        Map<String, Double> amounts = explanation.contributions().stream()
                .collect(Collectors.toMap(Contribution::feature, Contribution::amount));
        assertTrue(amounts.keySet().containsAll(Set.of("price", "promotion", "season")), amounts.toString());
        assertTrue(!amounts.containsKey("competitor-price") && !amounts.containsKey("bound"), "nothing is known of these: " + amounts);
        double reference = Double.parseDouble(explanation.contributions().stream().filter(each -> each.feature().equals("price")).findFirst()
                .orElseThrow().value().replaceAll(".*against (.*) of late.*", "$1"));
        double logarithm = plugin.elasticity(model, "p").orElseThrow().value() * Math.log(8 / reference);
        double mean = (demand - explanation.base()) / Math.log(demand / explanation.base());
        assertEquals(logarithm * mean, amounts.get("price"), 0.01 * Math.abs(amounts.get("price")), "its logarithm by the logarithmic mean");
        Explanation absurd = plugin.explanation(model, DemandQuery.of("p", 1e-9)).orElseThrow();
        assertEquals(plugin.demand(model, "p", new double[] {1e-9})[0], absurd.output(), 1e-9 * absurd.output());
        assertTrue(absurd.contributions().stream().anyMatch(each -> each.feature().equals("bound") && each.amount() < 0), absurd.toString());
        assertTrue(plugin.explanation(model, DemandQuery.of("unknown", 1)).isEmpty());
    }

    @Test
    void learnsTheSameFromTheSameDataAndAnswersTheSameAfterItWasWritten() throws Exception {
        sell(new Random(7), "p", "c", -2, 70, 60, 0.1);
        Curves model = plugin.train(store.training(1));
        byte[] written = bytes(plugin, model);
        assertArrayEquals(written, bytes(plugin, plugin.train(store.training(2))));
        Curves read = plugin.read(new ByteArrayInputStream(written));
        assertEquals(plugin.elasticity(model, "p"), plugin.elasticity(read, "p"));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(Arrays.copyOf(written, written.length / 2))));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[64])));
    }

    @Test
    void saysThatThereIsNothingToLearnFromAndStopsWhenItIsCancelled() {
        KontorException refused = assertThrows(KontorException.class, () -> plugin.train(store.training(1)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        sell(new Random(8), "p", "c", -2, 70, 30, 0.1);
        assertThrows(CancellationException.class, () -> plugin.train(new Training(store.snapshot(), 1, new SampleJob(0))));
    }
}
