package io.kontor.platform.plugins.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer.Origin;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.BundleRefusedException.Kind;
import io.kontor.platform.plugins.CatalogueListener;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class HotDeployerTest {

    private static final Version ONE = new Version(1, 0, 0);
    private static final Version TWO = new Version(2, 0, 0);
    private static byte[] one;
    private static byte[] two;

    @TempDir
    Path folder;
    private Databases.Opened database;
    private Container container;
    private HotDeployer deployer;

    @BeforeAll
    static void forge() {
        one = Jars.plugin("1.0.0");
        two = Jars.plugin("2.0.0");
    }

    @BeforeEach
    void start() throws Exception {
        database = Container.database(folder);
        container = new Container(folder);
        deployer = container.deployer(database);
    }

    @AfterEach
    void stop() throws Exception {
        container.close();
        database.close();
    }

    @Test
    void listsAPluginOnceItsBundleIsDeployed() throws Exception {
        BundleInfo info = deploy(one);
        assertEquals("com.acme.shelf", info.symbolicName());
        assertEquals("ACTIVE", info.state());
        assertEquals("api", info.origin());
        assertEquals(List.of("com.acme.shelf"), info.plugins());
        assertEquals(List.of(info), deployer.bundles());
        PluginDescriptor plugin = container.catalogue.find("com.acme.shelf", null, Locale.ENGLISH).orElseThrow();
        assertEquals("recommend", plugin.family());
        assertTrue(plugin.baseline());
        assertFalse(plugin.trainable());
        assertEquals(info.symbolicName(), container.catalogue.bundle(plugin).orElseThrow().getSymbolicName());
    }

    @Test
    void keepsTwoVersionsSideBySideAndRemovesOneWithoutTheOther() throws Exception {
        deploy(one);
        deploy(two);
        assertEquals(List.of(TWO, ONE), versions());
        assertEquals(List.of(ONE), deployer.planRemoval("com.acme.shelf", TWO).otherVersions());
        deployer.undeploy("com.acme.shelf", TWO);
        assertEquals(List.of(ONE), versions());
        assertEquals(1, container.installed("com.acme.shelf"));
    }

    @Test
    void refusesTheSameNameAndVersionAgain() throws Exception {
        deploy(one);
        assertEquals(Kind.CONFLICT, assertThrows(BundleRefusedException.class, () -> deploy(one)).kind());
        assertEquals(List.of(ONE), versions());
    }

    @Test
    void tellsListenersWhenABundleCanBeUsedAndBeforeItStops() throws Exception {
        List<String> heard = new ArrayList<>();
        container.context().registerService(CatalogueListener.class, new CatalogueListener() {
            @Override
            public void added(String bundle, Version version) {
                heard.add("added " + bundle + " " + version + " listed " + versions());
            }

            @Override
            public void removing(String bundle, Version version) {
                heard.add("removing " + bundle + " " + version + " listed " + versions() + " installed " + container.installed(bundle));
            }
        }, null);
        deploy(one);
        deployer.undeploy("com.acme.shelf", ONE);
        assertEquals(List.of("added com.acme.shelf 1.0.0 listed [1.0.0]", "removing com.acme.shelf 1.0.0 listed [] installed 1"), heard);
    }

    @Test
    void goesOnWhenAListenerThrows() throws Exception {
        container.context().registerService(CatalogueListener.class, new CatalogueListener() {
            @Override
            public void added(String bundle, Version version) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void removing(String bundle, Version version) {
                throw new IllegalStateException("on purpose");
            }
        }, null);
        assertEquals("ACTIVE", deploy(one).state());
        deployer.undeploy("com.acme.shelf", ONE);
        assertEquals(0, container.installed("com.acme.shelf"));
    }

    @Test
    void plansWithoutChangingAnything() throws Exception {
        deploy(one);
        int before = container.context().getBundles().length;
        BundlePlan plan = deployer.plan(new ByteArrayInputStream(two), Locale.ENGLISH);
        assertEquals(new BundlePlan("install", "com.acme.shelf", TWO, List.of("com.acme.shelf"), Map.of("com.acme.shelf", "Shelf"),
                List.of(ONE), List.of()), plan);
        assertEquals(before, container.context().getBundles().length);
        assertEquals(List.of(ONE), versions());
        assertThrows(BundleRefusedException.class, () -> deployer.plan(new ByteArrayInputStream(one), Locale.ENGLISH));
        BundlePlan removal = deployer.planRemoval("com.acme.shelf", ONE);
        assertEquals(new BundlePlan("uninstall", "com.acme.shelf", ONE, List.of("com.acme.shelf"), Map.of(), List.of(), List.of()), removal);
        assertEquals(1, deployer.bundles().size());
    }

    @Test
    void knowsNothingToRemoveUnderAnUnknownName() {
        assertEquals(Kind.NOT_FOUND, assertThrows(BundleRefusedException.class, () -> deployer.undeploy("com.acme.shelf", ONE)).kind());
        assertEquals(Kind.NOT_FOUND, assertThrows(BundleRefusedException.class, () -> deployer.planRemoval("com.acme.shelf", ONE)).kind());
    }

    @Test
    void undoesADeploymentThatTheDatabaseDoesNotTake() throws Exception {
        database.jdbc(connection -> connection.createStatement().execute("alter table deployed_bundle rename to elsewhere"));
        assertThrows(RuntimeException.class, () -> deploy(one));
        assertEquals(List.of(), versions());
        assertEquals(0, container.installed("com.acme.shelf"));
        database.jdbc(connection -> connection.createStatement().execute("alter table elsewhere rename to deployed_bundle"));
        assertEquals("ACTIVE", deploy(one).state());
        database.jdbc(connection -> connection.createStatement().execute("alter table deployed_bundle rename to elsewhere"));
        assertThrows(RuntimeException.class, () -> deployer.undeploy("com.acme.shelf", ONE));
        assertEquals(List.of(ONE), versions());
        database.jdbc(connection -> connection.createStatement().execute("alter table elsewhere rename to deployed_bundle"));
    }

    @Test
    void touchesNoOtherComponentWhenBundlesComeAndGo() throws Exception {
        System.clearProperty("com.acme.bystander");
        deploy(Jars.activator("com.acme.bystander", "1.0.0", "System.setProperty(\"com.acme.bystander\", "
            + "System.getProperty(\"com.acme.bystander\", \"\") + \"started \");", ""));
        List<String> events = new ArrayList<>();
        container.context().addBundleListener(event -> events.add(event.getBundle().getSymbolicName()));
        for (int round = 0; round < 5; round++) {
            deploy(one);
            deploy(two);
            deployer.undeploy("com.acme.shelf", ONE);
            deployer.undeploy("com.acme.shelf", TWO);
        }
        Container.await("all events", () -> events.size() >= 5 * 2 * 4);
        assertTrue(events.stream().allMatch("com.acme.shelf"::equals), "only the bundle itself: " + events);
        assertEquals("started ", System.getProperty("com.acme.bystander"));
    }

    @Test
    void keepsALibraryThatAPluginNeedsAndMovesThePluginWhenAnotherVersionIsThere() throws Exception {
        deploy(library("1.0.0"));
        byte[] user = Jars.withHeader(Jars.plugin("1.0.0"), "Import-Package", imports -> imports + ",com.acme.lib");
        deploy(user);
        BundleRefusedException needed = assertThrows(BundleRefusedException.class, () -> deployer.undeploy("com.acme.lib", ONE));
        assertTrue(needed.getMessage().contains("com.acme.shelf 1.0.0 needs its package com.acme.lib"), needed.getMessage());
        deploy(library("1.1.0"));
        assertEquals(List.of("com.acme.shelf"), deployer.planRemoval("com.acme.lib", ONE).restarts());
        deployer.undeploy("com.acme.lib", ONE);
        assertEquals("ACTIVE", info("com.acme.shelf").state());
        assertEquals(List.of(ONE), versions());
    }

    private static byte[] library(String version) {
        return Jars.plain(Jars.headers("Bundle-SymbolicName", "com.acme.lib", "Bundle-Version", version, "Export-Package", "com.acme.lib"),
            Map.of("com/acme/lib/notes.txt", Jars.text("a package")));
    }

    private BundleInfo info(String symbolicName) {
        return deployer.bundles().stream().filter(info -> info.symbolicName().equals(symbolicName)).findFirst().orElseThrow();
    }

    private BundleInfo deploy(byte[] jar) throws IOException {
        return deployer.deploy(new ByteArrayInputStream(jar), Origin.API);
    }

    private List<Version> versions() {
        return container.catalogue.plugins(Locale.ROOT).stream().map(PluginDescriptor::version).toList();
    }
}
