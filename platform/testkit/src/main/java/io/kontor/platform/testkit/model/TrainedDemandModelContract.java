package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.DemandTable;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.testkit.data.CornerShop;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the platform expects of every model of how demand answers to price. A plugin's test extends this class and says how the plugin is
 * made; it needs nothing of the platform.
 *
 * @param <M> the model's type
 */
public abstract class TrainedDemandModelContract<M> {

    private static final double[] PRICES = {5, 9, 10, 11, 20};
    private static final int DAYS = 300;
    private final SampleStore store = CornerShop.generate(Locale.ENGLISH, 6, DAYS, 5);
    private TrainedDemandModel<M> plugin;
    private M model;
    private TrainerRules<M> trainer;

    /** For subclasses. */
    protected TrainedDemandModelContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     */
    protected abstract TrainedDemandModel<M> plugin(SampleStore data);

    @BeforeEach
    final void trains() throws Exception {
        plugin = plugin(store);
        model = plugin.train(store.training(TrainerRules.SEED));
        trainer = new TrainerRules<>(plugin, store, model);
    }

    private List<DemandQuery> queries() {
        List<DemandQuery> queries = new ArrayList<>();
        for (String product : DemandTable.of(store.snapshot(), ZoneOffset.UTC, new SampleJob()).products()) {
            queries.add(DemandQuery.of(product, PRICES));
            queries.add(new DemandQuery(product, PRICES, 1, 8, Map.of("p0", 9.0, "p1", 12.0, "never seen", 3.0),
                    Optional.of(LocalDate.of(2025, 2, 3))));
            queries.add(new DemandQuery(product, new double[] {1e-6, 1e9}, 0.5, 1e9, Map.of("p0", 1e-6), Optional.of(LocalDate.of(1999, 1, 1))));
        }
        return queries;
    }

    @Test
    final void givesOneDemandForEachPrice() {
        for (DemandQuery query : queries()) {
            double[] demand = plugin.demand(model, query);
            assertTrue(demand.length == 0 || demand.length == query.prices().length, query.product() + ": " + Arrays.toString(demand));
            for (double units : demand) {
                assertTrue(units >= 0 && units < Double.POSITIVE_INFINITY, query.product() + ": " + Arrays.toString(demand));
            }
        }
        assertEquals(PRICES.length, plugin.demand(model, DemandQuery.of("p0", PRICES)).length, "something can be said about p0");
    }

    @Test
    final void explainsNoOtherDemandThanItGives() {
        for (DemandQuery query : queries()) {
            for (double price : query.prices()) {
                DemandQuery single = new DemandQuery(query.product(), new double[] {price}, query.promotion(), query.competitorPrice(),
                        query.otherPrices(), query.period());
                plugin.explanation(model, single).ifPresent(explanation -> assertEquals(plugin.demand(model, single)[0],
                        explanation.output(), 1e-9 * Math.max(1, explanation.output()), query.product()));
            }
        }
    }

    @Test
    final void isNotMovedByQuestionsWithoutCircumstances() {
        for (DemandQuery query : queries()) {
            assertArrayEquals(plugin.demand(model, query.product(), PRICES), plugin.demand(model, DemandQuery.of(query.product(), PRICES)));
        }
    }

    @Test
    final void sellsNoMoreAtAHigherPrice() {
        for (DemandQuery query : queries()) {
            double[] demand = plugin.demand(model, query);
            for (int i = 1; i < demand.length; i++) {
                assertTrue(demand[i] <= demand[i - 1], query.product() + ": " + Arrays.toString(demand));
            }
        }
    }

    @Test
    final void knowsTheLevelOfDemand() {
        for (int p = 1; p < 6; p++) {
            double level = (4 + 3 * p) * (5 + 2 * 1.5) / 7;
            double[] demand = plugin.demand(model, DemandQuery.of("p" + p, CornerShop.PRICE));
            assertTrue(demand[0] > level / 2 && demand[0] < level * 2, "p" + p + " sells " + level + " a day, not " + demand[0]);
        }
    }

    @Test
    final void givesElasticitiesWithTheirIntervals() {
        for (DemandQuery query : queries()) {
            Optional<Elasticity> elasticity = plugin.elasticity(model, query.product());
            assertNotNull(elasticity);
            elasticity.ifPresent(known -> {
                assertTrue(Double.isFinite(known.low()) && Double.isFinite(known.high()), known.toString());
                assertTrue(List.of("own", "pooled", "prior").contains(known.source()), known.toString());
            });
        }
    }

    @Test
    final void saysNothingAboutWhatItHasNeverSeen() {
        assertEquals(Optional.empty(), plugin.elasticity(model, "never seen"));
        assertEquals(0, plugin.demand(model, DemandQuery.of("never seen", PRICES)).length);
    }

    @Test
    final void answersTheSameAfterItWasWrittenAndRead() throws Exception {
        M read = trainer.writtenAndRead();
        for (DemandQuery query : queries()) {
            assertEquals(plugin.elasticity(model, query.product()), plugin.elasticity(read, query.product()));
            assertArrayEquals(plugin.demand(model, query), plugin.demand(read, query));
        }
    }

    @Test
    final void saysTheSameToManyThreadsAtOnce() throws Exception {
        List<DemandQuery> queries = queries();
        List<double[]> alone = queries.stream().map(query -> plugin.demand(model, query)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<double[]>>> together = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                together.add(threads.submit(() -> queries.stream().map(query -> plugin.demand(model, query)).toList()));
            }
            for (Future<List<double[]>> one : together) {
                for (int i = 0; i < alone.size(); i++) {
                    assertArrayEquals(alone.get(i), one.get().get(i));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    final void learnsTheSameFromTheSameDataAndSeed() throws Exception {
        trainer.learnsTheSameFromTheSameDataAndSeed(plugin(store));
    }

    @Test
    final void refusesADamagedModel() throws IOException {
        trainer.refusesADamagedModel();
    }

    @Test
    final void stopsTrainingWhenItIsCancelled() {
        trainer.stopsTrainingWhenItIsCancelled();
    }

    @Test
    final void saysThatThereIsNothingToLearnFrom() {
        trainer.saysThatThereIsNothingToLearnFrom();
    }
}
