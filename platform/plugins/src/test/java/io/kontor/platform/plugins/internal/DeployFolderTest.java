package io.kontor.platform.plugins.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.plugins.BundleDeployer.Origin;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.CatalogueListener;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.slf4j.LoggerFactory;

/** Drops files into the folder that File Install watches. */
class DeployFolderTest {

    @TempDir
    Path folder;
    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicInteger touch = new AtomicInteger();
    private Databases.Opened database;
    private Container container;
    private HotDeployer deployer;
    private DeployFolder installer;

    @BeforeEach
    void start() throws Exception {
        warnings.start();
        ((Logger) LoggerFactory.getLogger(DeployFolderContents.class)).addAppender(warnings);
        database = Container.database(folder);
        container = new Container(folder);
        container.context().registerService(CatalogueListener.class, new CatalogueListener() {
            @Override
            public void added(String bundle, Version version) {
                added.incrementAndGet();
            }

            @Override
            public void removing(String bundle, Version version) {
                added.incrementAndGet();
            }
        }, null);
        installer = new DeployFolder(container.context());
        container.context().registerService(ArtifactInstaller.class, installer, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 1000)));
        container.start("org.apache.felix.fileinstall");
        deployer = container.deployer(database);
        container.context().registerService(HotDeployer.class, deployer, null);
    }

    @AfterEach
    void stop() throws Exception {
        ((Logger) LoggerFactory.getLogger(DeployFolderContents.class)).detachAppender(warnings);
        installer.close();
        container.close();
        database.close();
    }

    @Test
    void deploysAFileAndRemovesItsBundleWithIt() throws Exception {
        drop("shelf.jar", Jars.plugin("1.0.0"));
        awaitVersions("1.0.0");
        BundleInfo info = deployer.bundles().get(0);
        assertEquals("folder", info.origin());
        Files.delete(deploy("shelf.jar"));
        awaitVersions();
        assertEquals(0, container.installed("com.acme.shelf"));
    }

    @Test
    void aFileWithAnotherVersionTakesThePlaceOfTheEarlierOne() throws Exception {
        drop("shelf.jar", Jars.plugin("1.0.0"));
        awaitVersions("1.0.0");
        drop("shelf.jar", Jars.plugin("1.1.0"));
        awaitVersions("1.1.0");
        assertEquals(1, container.installed("com.acme.shelf"));
    }

    @Test
    void otherBytesOfTheSameVersionReplaceThoseThatRun() throws Exception {
        byte[] first = Jars.plugin("1.0.0");
        drop("shelf.jar", first);
        awaitVersions("1.0.0");
        String before = deployer.bundles().get(0).sha256();
        drop("shelf.jar", Jars.rewrite(first, entries -> entries.put("note.txt", Jars.text("changed"))));
        Container.await("the new bytes", () -> !deployer.bundles().get(0).sha256().equals(before));
        awaitVersions("1.0.0");
        String second = deployer.bundles().get(0).sha256();
        drop("shelf.jar", Jars.withHeader(first, "Import-Package", imports -> imports + ",com.nowhere"));
        awaitRefusals(1);
        awaitVersions("1.0.0");
        BundleInfo running = deployer.bundles().stream().filter(info -> info.state().equals("ACTIVE")).findFirst().orElseThrow();
        assertEquals(second, running.sha256(), "the old bytes are back");
    }

    @Test
    void tellsOnceWhyAFileIsRefusedAndTakesItWhenItIsPutRight() throws Exception {
        byte[] good = Jars.plugin("1.0.0");
        drop("shelf.jar", Arrays.copyOf(good, good.length / 2));
        awaitRefusals(1);
        BundleInfo refused = deployer.bundles().get(0);
        assertEquals("shelf.jar", refused.symbolicName());
        assertTrue(refused.state().startsWith("REFUSED: This is not a jar"), refused.state());
        drop("other.jar", Jars.plain(Jars.headers(), Map.of()));
        Container.await("a later file", () -> container.installed("com.acme.plain") == 1);
        assertEquals(1, warnings.list.stream().filter(event -> event.getLevel() == Level.WARN).count());
        drop("shelf.jar", good);
        awaitVersions("1.0.0");
        assertTrue(deployer.bundles().stream().allMatch(info -> info.state().equals("ACTIVE")));
    }

    @Test
    void forgetsARefusedFileThatIsTakenAway() throws Exception {
        drop("torn.jar", new byte[] {1, 2, 3});
        awaitRefusals(1);
        Files.delete(deploy("torn.jar"));
        Container.await("nothing to be listed", () -> deployer.bundles().isEmpty());
    }

    @Test
    void aRestartFindsTheFilesAndChangesNothing() throws Exception {
        drop("shelf.jar", Jars.plugin("1.0.0"));
        awaitVersions("1.0.0");
        List<BundleInfo> before = deployer.bundles();
        stop();
        added.set(0);
        start();
        drop("plain.jar", Jars.plain(Jars.headers(), Map.of()));
        Container.await("a later file", () -> container.installed("com.acme.plain") == 1);
        assertEquals(before.get(0), deployer.bundles().get(1));
        assertEquals(2, added.get(), "each bundle came once");
        Files.delete(deploy("shelf.jar"));
        awaitVersions();
    }

    @Test
    void removingABundleRemovesItsFileSoThatItStaysAway() throws Exception {
        drop("shelf.jar", Jars.plugin("1.0.0"));
        awaitVersions("1.0.0");
        deployer.undeploy("com.acme.shelf", new Version(1, 0, 0));
        assertFalse(Files.exists(deploy("shelf.jar")));
        stop();
        start();
        assertEquals(List.of(), deployer.bundles());
    }

    @Test
    void leavesABundleAloneThatCameByAnotherWay() throws Exception {
        byte[] jar = Jars.plugin("1.0.0");
        deployer.deploy(new ByteArrayInputStream(jar), Origin.API);
        drop("shelf.jar", Jars.rewrite(jar, entries -> entries.put("note.txt", Jars.text("changed"))));
        awaitRefusals(1);
        Files.delete(deploy("shelf.jar"));
        Container.await("the refusal to be forgotten", () -> deployer.bundles().size() == 1);
        awaitVersions("1.0.0");
    }

    private Path deploy(String name) {
        return folder.resolve("deploy").resolve(name);
    }

    /** Atomically, as the instructions for operators ask; with a new time even when the clock has not moved on. */
    private void drop(String name, byte[] bytes) throws Exception {
        Path part = Files.write(folder.resolve(name + ".part"), bytes);
        Files.setLastModifiedTime(part, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(touch.incrementAndGet())));
        Files.move(part, deploy(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void awaitRefusals(int count) throws InterruptedException {
        Container.await(count + " refusals", () -> deployer.bundles().stream().filter(info -> info.state().startsWith("REFUSED")).count()
            == count);
    }

    private void awaitVersions(String... versions) throws InterruptedException {
        Container.await("versions " + List.of(versions), () -> container.catalogue.plugins(Locale.ROOT).stream()
            .map(PluginDescriptor::version).map(Version::toString).toList().equals(List.of(versions)));
    }
}
