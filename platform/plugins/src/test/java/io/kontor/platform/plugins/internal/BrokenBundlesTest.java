package io.kontor.platform.plugins.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer.Origin;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.BundleRefusedException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** Bundles that must not be taken: each is refused with its own reason, and everything is as before. */
class BrokenBundlesTest {

    private static final String SPIN = "while (System.getProperty(\"com.acme.spin\") != null) { Thread.onSpinWait(); }";

    @TempDir
    static Path folder;
    private static Databases.Opened database;
    private static Container container;
    private static HotDeployer deployer;
    private static byte[] good;

    /** A jar and a part of the reason that it is refused for. */
    private record Broken(byte[] jar, String reason) {
    }

    @BeforeAll
    static void start() throws Exception {
        database = Container.database(folder);
        container = new Container(folder);
        deployer = container.deployer(database);
        good = Jars.plugin("1.0.0");
        deploy(good);
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("com.acme.spin");
        container.close();
        database.close();
    }

    @TestFactory
    Collection<DynamicTest> eachIsRefusedAndNothingChanges() {
        byte[] next = Jars.withHeader(good, "Bundle-Version", version -> "1.1.0");
        Map<String, Broken> broken = new LinkedHashMap<>();
        broken.put("not a zip", new Broken(Jars.text("this is no jar"), "not a jar"));
        broken.put("empty", new Broken(new byte[0], "not a jar"));
        broken.put("cut off", new Broken(Arrays.copyOf(next, next.length / 2), "not a jar"));
        broken.put("no manifest", new Broken(Jars.zip(Map.of("readme.txt", Jars.text("hello"))), "has no META-INF/MANIFEST.MF"));
        broken.put("no name", new Broken(Jars.plain(Jars.headers("Bundle-SymbolicName", null), Map.of()), "no Bundle-SymbolicName"));
        broken.put("bad version", new Broken(Jars.plain(Jars.headers("Bundle-Version", "one.two"), Map.of()), "\"one.two\" is not a version"));
        broken.put("newer classes", new Broken(Jars.plain(Jars.headers(), Map.of("com/acme/A.class", Jars.classFile(99))),
            "com/acme/A.class is compiled for Java 99; this server runs on Java " + Runtime.version().feature()));
        broken.put("missing import", new Broken(Jars.withHeader(next, "Import-Package", imports -> imports + ",com.nowhere;version=\"[1,2)\""),
            "needs the package com.nowhere in version [1,2), which no installed bundle offers"));
        broken.put("API to come", new Broken(Jars.withHeader(next, "Import-Package", imports -> "io.kontor.api.recommend;version=\"[9,10)\""),
            "needs the package io.kontor.api.recommend in version [9,10); installed is 1."));
        broken.put("newer Java declared", new Broken(Jars.plain(Jars.headers("Require-Capability",
            "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""), Map.of()), "needs Java 99"));
        broken.put("imports the platform", new Broken(Jars.withHeader(next, "Import-Package", imports -> imports
            + ",io.kontor.platform.stores;resolution:=optional"), "imports the package io.kontor.platform.stores"));
        broken.put("exports", new Broken(Jars.withHeader(next, "Export-Package", exports -> "com.acme"), "exports the package com.acme"));
        broken.put("dynamic import", new Broken(Jars.withHeader(next, "DynamicImport-Package", none -> "*"), "uses DynamicImport-Package"));
        broken.put("fragment", new Broken(Jars.plain(Jars.headers("Fragment-Host", "com.acme.shelf"), Map.of()), "uses Fragment-Host"));
        broken.put("description missing", new Broken(Jars.withHeader(next, "Service-Component", none -> "OSGI-INF/gone.xml"),
            "OSGI-INF/gone.xml, which is not in the jar"));
        broken.put("description broken", new Broken(Jars.rewrite(next, entries -> entries.replaceAll((name, bytes) ->
            name.startsWith("OSGI-INF/com.acme") ? Arrays.copyOf(bytes, bytes.length / 2) : bytes)), "cannot be understood"));
        broken.put("activator missing", new Broken(Jars.plain(Jars.headers("Bundle-Activator", "com.acme.Gone"), Map.of()),
            "the class com.acme.Gone"));
        broken.put("activator throws", new Broken(activator("throw new IllegalStateException(\"no licence\");"),
            "its activator threw IllegalStateException: no licence"));
        broken.put("class missing", new Broken(activator("throw new NoClassDefFoundError(\"com/acme/Gone\");"), "the class com.acme.Gone"));
        broken.put("stack overflow", new Broken(activator("start(context);"), "StackOverflowError"));
        broken.put("too much memory", new Broken(activator("long[][] a = new long[64][Integer.MAX_VALUE];"), "OutOfMemoryError"));
        broken.put("sleeps for ever", new Broken(activator("Thread.sleep(600_000);"), "did not return within 2 seconds."));
        broken.put("foreign plugin id", new Broken(Jars.withHeader(good, "Bundle-SymbolicName", name -> "com.acme.thief"),
            "The plugin id com.acme.shelf belongs to the bundle com.acme.shelf already"));
        broken.put("same again", new Broken(good, "com.acme.shelf 1.0.0 is installed already"));
        return broken.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> refused(entry.getValue()))).toList();
    }

    @Test
    void othersCanStillComeAndGoWhileOneSpinsForEver() throws Exception {
        System.setProperty("com.acme.spin", "on");
        byte[] spinning = Jars.activator("com.acme.spinning", "1.0.0", SPIN, "");
        BundleRefusedException first = assertThrows(BundleRefusedException.class, () -> deploy(spinning));
        assertTrue(first.getMessage().contains("cannot be interrupted"), first.getMessage());
        assertEquals(1, deployer.bundles().size());
        BundleRefusedException again = assertThrows(BundleRefusedException.class, () -> deploy(spinning));
        assertEquals(Kind.CONFLICT, again.kind());
        assertTrue(again.getMessage().contains("still stuck"), again.getMessage());
        deploy(Jars.plugin("3.0.0"));
        deployer.undeploy("com.acme.shelf", new Version(3, 0, 0));
        assertEquals("ACTIVE", deploy(Jars.activator("com.acme.spinning", "1.0.1", "", "")).state());
        deployer.undeploy("com.acme.spinning", new Version(1, 0, 1));
        System.clearProperty("com.acme.spin");
        Container.await("the stuck bundle to go when it returns", () -> container.installed("com.acme.spinning") == 0);
        Container.await("its version to be free again", () -> !stuck(spinning));
        assertEquals(1, deployer.bundles().size());
    }

    @Test
    void aBundleThatNeverStopsIsForgottenAllTheSame() throws Exception {
        System.setProperty("com.acme.spin", "on");
        deploy(Jars.activator("com.acme.sticky", "1.0.0", "", SPIN));
        deployer.undeploy("com.acme.sticky", new Version(1, 0, 0));
        assertFalse(state().contains("com.acme.sticky"));
        deploy(Jars.plugin("3.0.0"));
        deployer.undeploy("com.acme.shelf", new Version(3, 0, 0));
        System.clearProperty("com.acme.spin");
        Container.await("it to go when it returns", () -> container.installed("com.acme.sticky") == 0);
    }

    private static boolean stuck(byte[] jar) {
        try {
            deployer.plan(new ByteArrayInputStream(jar), Locale.ENGLISH);
            return false;
        } catch (BundleRefusedException e) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Broken broken) throws Exception {
        String before = state();
        long threads = threads();
        BundleRefusedException refusal = assertThrows(BundleRefusedException.class, () -> deploy(broken.jar()));
        assertTrue(refusal.getMessage().contains(broken.reason()), refusal.getMessage());
        assertEquals(before, state());
        assertEquals(threads, threads());
        Container.await("no bundle to stay behind", () -> List.of(container.context().getBundles()).size() == 4);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("kontor-st")).count();
    }

    private static String state() {
        try (Stream<Path> files = Files.list(folder.resolve("data/bundles"))) {
            return deployer.bundles() + "\n" + container.catalogue.plugins(Locale.ROOT).stream().map(plugin -> plugin.id() + plugin.version())
                .toList() + "\n" + files.sorted().toList() + "\n" + database.jdbc(connection -> {
                    try (var rows = connection.createStatement().executeQuery("select count(*) from deployed_jar")) {
                        rows.next();
                        return rows.getLong(1);
                    }
                });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] activator(String start) {
        return Jars.activator("com.acme.broken", "1.0.0", start, "");
    }

    private static io.kontor.platform.plugins.BundleInfo deploy(byte[] jar) throws IOException {
        return deployer.deploy(new ByteArrayInputStream(jar), Origin.API);
    }
}
