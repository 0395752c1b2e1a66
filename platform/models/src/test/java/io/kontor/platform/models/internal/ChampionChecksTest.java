package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A champion beside the one before it, on records that came after both were trained. */
class ChampionChecksTest {

    private static final String STORE = Shop.STORE.id();
    private static final int CUSTOMERS = 60;

    @TempDir
    private Path folder;
    private Workbench bench;
    private LazyLiveModels models;
    private ModelChecks checks;

    @BeforeEach
    void open() {
        bench = new Workbench(FreshDatabase.h2(folder), folder, Shop.ofTwoTastes(CUSTOMERS));
        models = new LazyLiveModels(bench.index, bench.files, bench.plugins, LazyLiveModelsTest.nobody());
        checks = new ChampionChecks(bench.shop, bench.stores, bench.plugins, models, bench.registry, bench.plugins, bench.files);
    }

    @AfterEach
    void close() {
        models.stop();
        bench.close();
    }

    private void train(String job) throws Exception {
        String model = (String) bench.train(job, Map.of()).get("model");
        bench.registry.alias(STORE, model, ModelRegistry.CHAMPION, new AliasChange.Author("test", AliasChange.Cause.BY_HAND, ""));
    }

    /** Many who are seen once buy tea together with tools, from which a model learns what is not true of the others. */
    private void crowd() {
        for (int visitor = 0; visitor < 10 * CUSTOMERS; visitor++) {
            bench.shop.bought(CUSTOMERS * 6L, "x" + visitor, "tea" + visitor % 10);
            bench.shop.bought(CUSTOMERS * 6L, "x" + visitor, "tool" + (visitor / 10) % 10);
        }
    }

    /** Each customer buys two more products of its own taste. */
    private void later() {
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            for (int i = 6; i < 8; i++) {
                bench.shop.bought(CUSTOMERS * 7L + i * CUSTOMERS + customer, "c" + customer,
                        (customer % 2 == 0 ? "tea" : "tool") + (customer / 2 + i) % 10);
            }
        }
    }

    private Optional<ModelChecks.Beside> beside() {
        return checks.beside(STORE, Workbench.SHELF, new Workbench.Quiet());
    }

    @Test
    void aChampionThatLearnedFromACrowdIsClearlyWorseThanTheOneBefore() throws Exception {
        train("job-1");
        assertTrue(beside().isEmpty(), "there is none before");
        crowd();
        train("job-2");
        assertTrue(beside().isEmpty(), "nothing came since");
        later();
        ModelChecks.Beside beside = beside().orElseThrow();
        assertTrue(beside.worse(), beside.toString());
        assertTrue(beside.champion() < beside.before(), beside.toString());
        assertEquals(checks.since(STORE, Workbench.SHELF, new Workbench.Quiet()).orElseThrow().score(), beside.champion());
    }

    @Test
    void aChampionThatIsBetterOrAlikeStays() throws Exception {
        train("job-1");
        bench.shop.bought(CUSTOMERS * 6L, "c0", "tea9");
        train("job-2");
        later();
        assertFalse(beside().orElseThrow().worse());
    }
}
