package io.kontor.platform.stores.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.testkit.framework.ComponentFramework;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.osgi.framework.Version;

/** Which version of a bundle answers for which store, with bundles coming and going and over restarts. */
class VersionsSideBySideTest {

    private static final Version V1 = new Version(1, 0, 0);
    private static final Version V2 = new Version(2, 0, 0);

    @TempDir
    private Path folder;
    private Databases.Opened database;
    private Kernel kernel;

    private void start(FreshDatabase fresh) throws Exception {
        database = Kernel.open(fresh);
        kernel = new Kernel(folder, database);
    }

    private void start() throws Exception {
        start(FreshDatabase.h2(folder));
    }

    private void restart() throws Exception {
        kernel.close();
        kernel = new Kernel(folder, database);
    }

    @AfterEach
    void stop() throws Exception {
        kernel.close();
        database.close();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void twoVersionsServeTwoStoresEachWithItsOwnDataAndSettingsAlsoAfterRestarts(FreshDatabase fresh) throws Exception {
        start(fresh);
        kernel.deploy(Shelves.shelf("1.0.0"));
        kernel.deploy(Shelves.shelf("2.0.0"));
        kernel.stores.create(Kernel.store("a"));
        kernel.stores.create(Kernel.store("b"));
        kernel.activations.enable("a", Shelves.SHELF, Map.of("depth", 3), V1);
        kernel.activations.enable("b", Shelves.SHELF, Map.of("depth", 7), V2);
        assertEquals("1.0.0 3 a", kernel.ask("a", Shelves.SHELF));
        assertEquals("2.0.0 7 b", kernel.ask("b", Shelves.SHELF));
        for (int round = 0; round < 2; round++) {
            restart();
            awaitVersion("a", V1);
            awaitVersion("b", V2);
            assertEquals("1.0.0 3 a", kernel.ask("a", Shelves.SHELF));
            assertEquals("2.0.0 7 b", kernel.ask("b", Shelves.SHELF));
        }
        assertEquals(List.of(new Activation("a", Shelves.SHELF, V1, Optional.of(V1), Activation.State.ACTIVE, "", Map.of("depth", 3))),
                kernel.activations.list("a"));
        assertEquals(List.of("b"), kernel.activations.using(Shelves.SHELF, V2).stream().map(Activation::store).toList());
    }

    @Test
    void aStoreWithoutAWishFollowsTheNewestVersionUpAndDownAndAPinnedOneStays() throws Exception {
        start();
        kernel.deploy(Shelves.shelf("1.0.0"));
        enable("follows", null);
        enable("stays", V1);
        kernel.deploy(Shelves.shelf("2.0.0"));
        assertEquals("2.0.0 5 follows", kernel.ask("follows", Shelves.SHELF));
        assertEquals("1.0.0 5 stays", kernel.ask("stays", Shelves.SHELF));
        kernel.deployer().undeploy(Shelves.SHELF, V2);
        assertEquals("1.0.0 5 follows", kernel.ask("follows", Shelves.SHELF));
        assertEquals(Optional.empty(), find("follows").pinned());
        kernel.deploy(Shelves.shelf("2.0.0"));
        kernel.deployer().undeploy(Shelves.SHELF, V1);
        assertEquals("2.0.0 5 follows", kernel.ask("follows", Shelves.SHELF));
        assertEquals(Activation.State.WAITING, find("stays").state());
        assertEquals("Waiting: version 1.0.0 of the bundle com.acme.shelf is not installed.", find("stays").reason());
    }

    @Test
    void aPinnedStoreCanBeMovedAndLetGo() throws Exception {
        start();
        kernel.deploy(Shelves.shelf("1.0.0"));
        kernel.deploy(Shelves.shelf("2.0.0"));
        enable("a", V1);
        enable("a", V2);
        assertEquals("2.0.0 5 a", kernel.ask("a", Shelves.SHELF));
        enable("a", V1);
        assertEquals("1.0.0 5 a", kernel.ask("a", Shelves.SHELF));
        enable("a", null);
        assertEquals("2.0.0 5 a", kernel.ask("a", Shelves.SHELF));
        ComponentFramework.await("the older instances have gone", () -> kernel.instances("a") == 1);
    }

    @Test
    void aNewerVersionThatDoesNotStartOrRefusesTheSettingsDoesNotTakeOver() throws Exception {
        start();
        kernel.deploy(Shelves.shelf("1.0.0"));
        enable("a", null);
        kernel.deploy(Shelves.shelf("2.0.0", 50, 5));
        assertEquals("1.0.0 5 a", kernel.ask("a", Shelves.SHELF));
        kernel.stores.create(Kernel.store("b"));
        kernel.activations.enable("b", Shelves.SHELF, Map.of("depth", 40), null);
        assertEquals("2.0.0 40 b", kernel.ask("b", Shelves.SHELF));
        kernel.deploy(Shelves.shelf("3.0.0", 10, 13));
        assertEquals("2.0.0 40 b", kernel.ask("b", Shelves.SHELF));
        assertEquals("3.0.0 5 a", kernel.ask("a", Shelves.SHELF));
    }

    @Test
    void aNewerVersionThatCameWithTheProductTakesOverAtTheNextStart() throws Exception {
        start();
        Path shipped = Files.createDirectories(folder.resolve("home/plugins"));
        Files.write(shipped.resolve("shelf.jar"), Shelves.shelf("1.0.0"));
        restart();
        enable("follows", null);
        enable("stays", V1);
        kernel.deploy(Shelves.shelf("1.5.0"));
        Files.write(shipped.resolve("shelf.jar"), Shelves.shelf("2.0.0"));
        restart();
        assertEquals(List.of(new Version(1, 5, 0), V2), kernel.deployer().bundles().stream().map(BundleInfo::version).toList());
        awaitVersion("follows", V2);
        assertEquals("2.0.0 5 follows", kernel.ask("follows", Shelves.SHELF));
        assertEquals("Waiting: version 1.0.0 of the bundle com.acme.shelf is not installed.", find("stays").reason());
        restart();
        awaitVersion("follows", V2);
        assertTrue(kernel.activations.using(Shelves.SHELF, new Version(1, 5, 0)).isEmpty());
    }

    private void enable(String store, Version version) {
        kernel.stores.create(Kernel.store(store));
        Activation activation = kernel.activations.enable(store, Shelves.SHELF, Map.of(), version);
        assertEquals(Activation.State.ACTIVE, activation.state(), activation.reason());
    }

    private Activation find(String store) {
        return kernel.activations.find(store, Shelves.SHELF).orElseThrow();
    }

    private void awaitVersion(String store, Version version) throws InterruptedException {
        ComponentFramework.await(version + " runs for " + store,
                () -> kernel.index.instance(store, Shelves.SHELF).filter(instance -> instance.version().equals(version)).isPresent());
    }
}
