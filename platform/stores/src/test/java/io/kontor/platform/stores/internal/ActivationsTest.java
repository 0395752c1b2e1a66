package io.kontor.platform.stores.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.inventory.Forecasts;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.testkit.framework.ComponentFramework;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** Enabling, changing and disabling in a framework, and what is said about it. */
class ActivationsTest {

    private static final String UNLUCKY = "The plugin could not be started: thirteen is unlucky.";

    @TempDir
    private Path folder;
    private Databases.Opened database;
    private Kernel kernel;

    @BeforeEach
    void start() throws Exception {
        database = Kernel.open(FreshDatabase.h2(folder));
        kernel = new Kernel(folder, database);
        kernel.deploy(Shelves.shelf("1.0.0"));
        kernel.stores.create(Kernel.store("a"));
    }

    @AfterEach
    void stop() throws Exception {
        kernel.close();
        database.close();
    }

    @Test
    void enablingGivesTheStoreAnInstanceWithTheSettingsAndShowsTheDefaults() {
        Activation activation = enable(Map.of());
        assertEquals(Activation.State.ACTIVE, activation.state());
        assertEquals("", activation.reason());
        assertEquals(Optional.empty(), activation.pinned());
        assertEquals(5L, activation.settings().get("depth"));
        assertEquals("1.0.0 5 a", kernel.ask("a", Shelves.SHELF));
        assertEquals(Optional.of(activation), kernel.activations.find("a", Shelves.SHELF));
    }

    @Test
    void newSettingsAreInForceWhenTheCallReturns() throws Exception {
        enable(Map.of("depth", 1));
        for (int depth = 2; depth < 12; depth++) {
            enable(Map.of("depth", depth));
            assertEquals("1.0.0 " + depth + " a", kernel.ask("a", Shelves.SHELF));
        }
        ComponentFramework.await("one instance is left", () -> kernel.instances("a") == 1);
    }

    @Test
    void wrongSettingsAreAllNamedAndNothingChanges() {
        enable(Map.of("depth", 3));
        SettingsRefusedException refused = assertThrows(SettingsRefusedException.class,
                () -> enable(Map.of("depth", 51, "width", 2)));
        assertEquals(List.of(new SettingsSchema.Fault("width", "width is not a setting of this plugin.",
                SettingsSchema.Rule.KNOWN, List.of(), 0),
                new SettingsSchema.Fault("depth", "depth must be at most 50.", SettingsSchema.Rule.AT_MOST, List.of("50"), 0)),
                refused.faults());
        assertEquals("depth must be a whole number.", assertThrows(SettingsRefusedException.class,
                () -> enable(Map.of("depth", "deep"))).faults().get(0).message());
        assertEquals("1.0.0 3 a", kernel.ask("a", Shelves.SHELF));
        assertEquals(3, kernel.activations.find("a", Shelves.SHELF).orElseThrow().settings().get("depth"));
    }

    @Test
    void aSecretIsNeverShownAndStaysWhenItsStarsAreSentBack() {
        Activation first = enable(Map.of("token", "s3cret"));
        assertEquals("***", first.settings().get("token"));
        enable(Map.of("token", "***", "depth", 9));
        try (Activations.Trial trial = kernel.activations.trial("a", Shelves.SHELF, Map.of())) {
            assertEquals("***", trial.settings().get("token"));
            assertEquals("1.0.0 9 a s3cret", product((Recommender) trial.service()));
        }
        assertFalse(enable(Map.of("depth", 9)).settings().containsKey("token"));
    }

    @Test
    void whatDoesNotExistIsNamed() {
        assertEquals("There is no store \"nowhere\".", assertThrows(NoSuchElementException.class,
                () -> kernel.activations.enable("nowhere", Shelves.SHELF, Map.of(), null)).getMessage());
        assertEquals("There is no plugin \"com.acme.none\".", assertThrows(NoSuchElementException.class,
                () -> kernel.activations.enable("a", "com.acme.none", Map.of(), null)).getMessage());
        assertEquals("There is no plugin \"com.acme.shelf\" in version 9.0.0.", assertThrows(NoSuchElementException.class,
                () -> kernel.activations.enable("a", Shelves.SHELF, Map.of(), new Version(9, 0, 0))).getMessage());
        assertEquals(List.of(), kernel.activations.list("a"));
    }

    @Test
    void disablingRemovesTheInstanceAndOnlyThat() throws Exception {
        kernel.stores.create(Kernel.store("b"));
        enable(Map.of());
        kernel.activations.enable("b", Shelves.SHELF, Map.of(), null);
        assertTrue(kernel.activations.disable("a", Shelves.SHELF));
        assertFalse(kernel.activations.disable("a", Shelves.SHELF));
        ComponentFramework.await("the instance has gone", () -> kernel.index.instance("a", Shelves.SHELF).isEmpty());
        assertEquals("1.0.0 5 b", kernel.ask("b", Shelves.SHELF));
        assertEquals(List.of(), kernel.activations.list("a"));
    }

    @Test
    void deletingAStoreRemovesItsActivationsForGood() throws Exception {
        kernel.stores.create(Kernel.store("b"));
        enable(Map.of());
        kernel.activations.enable("b", Shelves.SHELF, Map.of(), null);
        kernel.stores.delete("a");
        ComponentFramework.await("the instance has gone", () -> kernel.instances("a") == 0);
        kernel.close();
        kernel = new Kernel(folder, database);
        assertEquals(List.of(), kernel.activations.list("a"));
        assertEquals(1, kernel.activations.list("b").size());
        kernel.stores.create(Kernel.store("a"));
        assertEquals(List.of(), kernel.activations.list("a"));
    }

    @Test
    void aConstructorThatThrowsMakesItFailWithTheWordsOfThePlugin() {
        Activation failed = enable(Map.of("depth", 13));
        assertEquals(Activation.State.FAILED, failed.state());
        assertEquals(UNLUCKY, failed.reason());
        assertEquals(Optional.empty(), kernel.index.instance("a", Shelves.SHELF).orElseThrow().lease());
        Activation mended = enable(Map.of("depth", 12));
        assertEquals(Activation.State.ACTIVE, mended.state(), mended.reason());
        assertEquals("1.0.0 12 a", kernel.ask("a", Shelves.SHELF));
        assertEquals(UNLUCKY, enable(Map.of("depth", 13)).reason(), "the older instance does not hide what is wrong with the new settings");
    }

    @Test
    void aConstructorThatNeverReturnsKeepsNobodyElseWaiting() {
        Activation waiting = enable(Map.of("depth", 14));
        assertEquals(Activation.State.WAITING, waiting.state());
        assertEquals("Waiting: the plugin has not finished starting.", waiting.reason());
        long begin = System.nanoTime();
        assertEquals(Optional.empty(), kernel.index.instance("a", Shelves.SHELF).orElseThrow().lease());
        assertTrue(System.nanoTime() - begin < 500_000_000, "a caller is sent away at once");
        kernel.stores.create(Kernel.store("b"));
        kernel.activations.enable("b", Shelves.SHELF, Map.of(), null);
        assertEquals("1.0.0 5 b", kernel.ask("b", Shelves.SHELF));
    }

    @Test
    void aMissingServiceIsNamedAndOnlyThatOfTheOwnStoreWithTheWantedPropertyDoes() throws Exception {
        kernel.deploy(Shelves.needy());
        Activation waiting = kernel.activations.enable("a", Shelves.NEEDY, Map.of(), null);
        assertEquals(Activation.State.WAITING, waiting.state());
        assertEquals("Waiting: needs the service Forecasts for this store.", waiting.reason());
        offer("b", "good");
        offer("a", "bad");
        assertEquals(Activation.State.WAITING, kernel.activations.find("a", Shelves.NEEDY).orElseThrow().state());
        ServiceRegistration<Forecasts> wanted = offer("a", "good");
        awaitState(Activation.State.ACTIVE);
        assertEquals("needy", kernel.ask("a", Shelves.NEEDY));
        wanted.unregister();
        awaitState(Activation.State.WAITING);
    }

    private void awaitState(Activation.State state) throws InterruptedException {
        ComponentFramework.await("it is " + state, () -> kernel.activations.find("a", Shelves.NEEDY).orElseThrow().state() == state);
    }

    private ServiceRegistration<Forecasts> offer(String store, String quality) {
        Forecasts forecasts = (Forecasts) Proxy.newProxyInstance(Forecasts.class.getClassLoader(), new Class<?>[] {Forecasts.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("nothing is forecast here");
                });
        return kernel.framework.context().registerService(Forecasts.class, forecasts,
                new Hashtable<>(Map.of(Properties.STORE, store, "quality", quality)));
    }

    @Test
    void aCheckOfTheKernelMakesARunningInstanceWait() {
        kernel.activations.addCheck(instance -> instance.store().equals("a") ? Optional.of("Waiting: no model trained yet.") : Optional.empty());
        Activation waiting = enable(Map.of());
        assertEquals(Activation.State.WAITING, waiting.state());
        assertEquals("Waiting: no model trained yet.", waiting.reason());
    }

    @Test
    void theBaselineOfTheFamilyComesWithTheFirstPluginAndAnswersLast() throws Exception {
        kernel.deploy(Shelves.popular());
        enable(Map.of());
        assertEquals(List.of(Shelves.POPULAR, Shelves.SHELF), kernel.activations.list("a").stream().map(Activation::plugin).toList());
        assertEquals(List.of(Shelves.SHELF, Shelves.POPULAR),
                kernel.index.instances("a", "recommend").stream().map(instance -> instance.plugin()).toList());
        assertTrue(kernel.activations.disable("a", Shelves.POPULAR), "it can be disabled like any other");
        enable(Map.of("depth", 2));
        assertEquals(1, kernel.activations.list("a").size(), "and a change of settings does not bring it back");
    }

    @Test
    void aTrialRunsWithOtherSettingsServesNobodyAndIsGoneAfterwards() throws Exception {
        enable(Map.of("depth", 3));
        try (Activations.Trial trial = kernel.activations.trial("a", Shelves.SHELF, Map.of("depth", 8))) {
            assertEquals("1.0.0 8 a", product((Recommender) trial.service()));
            assertEquals("1.0.0 3 a", kernel.ask("a", Shelves.SHELF));
            assertEquals(1, kernel.index.instances("a", "recommend").size());
        }
        ComponentFramework.await("the trial has gone", () -> kernel.instances("a") == 1);
        assertThrows(SettingsRefusedException.class, () -> kernel.activations.trial("a", Shelves.SHELF, Map.of("depth", 0)));
        KontorException broken = assertThrows(KontorException.class, () -> kernel.activations.trial("a", Shelves.SHELF, Map.of("depth", 13)));
        assertEquals("The plugin com.acme.shelf could not be started with these settings.", broken.getMessage());
        ComponentFramework.await("the failed trial has gone", () -> kernel.instances("a") == 1);
    }

    @Test
    void aTrialThatAKillCutShortIsGoneAfterTheNextStart() throws Exception {
        enable(Map.of());
        kernel.activations.trial("a", Shelves.SHELF, Map.of("depth", 8));
        kernel.close();
        kernel = new Kernel(folder, database);
        ComponentFramework.await("the plugin runs", () -> kernel.index.instance("a", Shelves.SHELF).isPresent());
        ComponentFramework.await("the trial has gone", () -> kernel.instances("a") == 1);
    }

    private static String product(Recommender recommender) {
        return recommender.recommend(new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), 1,
                product -> true)).items().get(0).product();
    }

    private Activation enable(Map<String, Object> settings) {
        return kernel.activations.enable("a", Shelves.SHELF, settings, null);
    }
}
