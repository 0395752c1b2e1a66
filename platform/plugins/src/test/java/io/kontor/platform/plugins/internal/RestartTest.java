package io.kontor.platform.plugins.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer.Origin;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.BundleRefusedException.Kind;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class RestartTest {

    @TempDir
    Path folder;
    private Databases.Opened database;
    private Container container;
    private HotDeployer deployer;

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

    private void restart() throws Exception {
        stop();
        start();
    }

    @Test
    void bringsBackBothVersionsAndNothingThatWasRemoved() throws Exception {
        deploy(Jars.plugin("1.0.0"));
        deploy(Jars.plugin("2.0.0"));
        deploy(Jars.plugin("3.0.0"));
        deployer.undeploy("com.acme.shelf", new Version(3, 0, 0));
        List<BundleInfo> before = deployer.bundles();
        restart();
        assertEquals(before, deployer.bundles());
        assertEquals(List.of("2.0.0", "1.0.0"), versions());
    }

    @Test
    void fetchesAJarFromTheDatabaseWhenTheCopyOfTheNodeIsGoneOrDamaged() throws Exception {
        String gone = deploy(Jars.plugin("1.0.0")).sha256();
        String damaged = deploy(Jars.plugin("2.0.0")).sha256();
        Path copies = folder.resolve("data/bundles");
        Files.delete(copies.resolve(gone + ".jar"));
        Files.write(copies.resolve(damaged + ".jar"), new byte[] {1, 2, 3});
        Files.write(copies.resolve("incoming-1.tmp"), new byte[] {1, 2, 3});
        restart();
        assertEquals(List.of("2.0.0", "1.0.0"), versions());
        try (var files = Files.list(copies)) {
            assertEquals(2, files.count());
        }
        assertEquals(gone, IncomingJar.sha256(copies.resolve(gone + ".jar")));
    }

    @Test
    void listsABundleThatNoLongerStartsAndStartsTheOthers() throws Exception {
        System.clearProperty("com.acme.moody");
        byte[] moody = Jars.activator("com.acme.moody", "1.0.0",
            "if (Boolean.getBoolean(\"com.acme.moody\")) { throw new IllegalStateException(\"not today\"); }", "");
        deploy(moody);
        deploy(Jars.plugin("1.0.0"));
        System.setProperty("com.acme.moody", "true");
        restart();
        assertEquals(List.of("1.0.0"), versions());
        BundleInfo failed = info("com.acme.moody");
        assertTrue(failed.state().startsWith("FAILED: ") && failed.state().contains("not today"), failed.state());
        assertEquals(0, container.installed("com.acme.moody"));
        System.clearProperty("com.acme.moody");
        assertEquals("ACTIVE", deploy(moody).state());
        restart();
        assertEquals("ACTIVE", info("com.acme.moody").state());
    }

    @Test
    void aBundleThatDoesNotStartCanBeRemoved() throws Exception {
        deploy(Jars.activator("com.acme.moody", "1.0.0", "if (Boolean.getBoolean(\"com.acme.moody\")) { throw new Error(\"no\"); }", ""));
        System.setProperty("com.acme.moody", "true");
        restart();
        System.clearProperty("com.acme.moody");
        deployer.undeploy("com.acme.moody", new Version(1, 0, 0));
        restart();
        assertEquals(List.of(), deployer.bundles());
    }

    @Test
    void startsALibraryAndItsUserWhateverTheirOrder() throws Exception {
        Map<String, byte[]> content = Map.of("com/acme/lib/notes.txt", Jars.text("a package"));
        byte[] library = Jars.plain(Jars.headers("Bundle-SymbolicName", "com.acme.lib", "Export-Package", "com.acme.lib"), content);
        deploy(library);
        deploy(Jars.withHeader(Jars.plugin("1.0.0"), "Import-Package", imports -> imports + ",com.acme.lib"));
        database.jdbc(connection -> connection.createStatement().executeUpdate(
            "update deployed_bundle set deployed_at = timestamp with time zone '2099-01-01 00:00:00Z' where symbolic_name = 'com.acme.lib'"));
        restart();
        assertEquals("ACTIVE", info("com.acme.lib").state());
        assertEquals("ACTIVE", info("com.acme.shelf").state());
    }

    @Test
    void runsShippedBundlesAndLetsNobodyRemoveThem() throws Exception {
        deploy(Jars.plugin("1.0.0"));
        Path plugins = Files.createDirectories(folder.resolve("home/plugins"));
        byte[] shipped = Jars.plugin("2.0.0");
        Files.write(plugins.resolve("shelf.jar"), shipped);
        Files.write(plugins.resolve("torn.jar"), new byte[] {1, 2, 3});
        restart();
        assertEquals(List.of("2.0.0", "1.0.0"), versions());
        BundleInfo info = deployer.bundles().stream().filter(each -> each.origin().equals("shipped") && each.state().equals("ACTIVE"))
            .findFirst().orElseThrow();
        assertEquals(IncomingJar.sha256(plugins.resolve("shelf.jar")), info.sha256());
        assertTrue(info("torn.jar").state().startsWith("FAILED: "), info("torn.jar").state());
        BundleRefusedException refused = assertThrows(BundleRefusedException.class,
            () -> deployer.undeploy("com.acme.shelf", new Version(2, 0, 0)));
        assertTrue(refused.getMessage().contains("shipped with the product"), refused.getMessage());
        assertEquals(Kind.CONFLICT, assertThrows(BundleRefusedException.class, () -> deploy(shipped)).kind());
    }

    @Test
    void theShippedBundleRunsWhenTheSameVersionWasDeployedBefore() throws Exception {
        deploy(Jars.plugin("1.0.0"));
        Files.write(Files.createDirectories(folder.resolve("home/plugins")).resolve("shelf.jar"), Jars.plugin("1.0.0"));
        restart();
        assertEquals(List.of("shipped"), deployer.bundles().stream().map(BundleInfo::origin).toList());
        assertEquals(List.of("1.0.0"), versions());
    }

    private BundleInfo info(String symbolicName) {
        return deployer.bundles().stream().filter(info -> info.symbolicName().equals(symbolicName)).findFirst().orElseThrow();
    }

    private BundleInfo deploy(byte[] jar) throws Exception {
        return deployer.deploy(new ByteArrayInputStream(jar), Origin.API);
    }

    private List<String> versions() {
        return container.catalogue.plugins(Locale.ROOT).stream().map(PluginDescriptor::version).map(Version::toString).toList();
    }
}
