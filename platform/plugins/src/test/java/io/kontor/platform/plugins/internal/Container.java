package io.kontor.platform.plugins.internal;

import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.framework.ComponentFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A framework in the test's own Java process with the component runtime and Configuration Admin in it. The packages of the API are the
 * test's, so that a test can talk to the bundles; the deployer is made by hand, so that it can be given its limits and its database.
 */
final class Container implements AutoCloseable {

    /** Long enough for a busy machine, short enough for a test of code that never returns. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    final Path folder;
    final BundleTrackingCatalogue catalogue;
    final ServiceComponentRuntime components;
    private final Felix framework;

    /**
     * Starts an empty framework.
     *
     * @param folder keeps {@code data}, {@code deploy} and {@code home}, and the framework's cache
     */
    Container(Path folder) throws BundleException, IOException, InterruptedException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("deploy"));
        framework = new Felix(properties());
        framework.start();
        start("org.apache.felix.configadmin");
        start("org.apache.felix.scr");
        components = service(ServiceComponentRuntime.class);
        catalogue = new BundleTrackingCatalogue(context(), components);
    }

    /** A database for a folder; survives the container. */
    static Databases.Opened database(Path folder) {
        return Databases.open("jdbc:h2:file:" + folder.resolve("kontor").toAbsolutePath(), "sa", "", List.of(),
            Map.of("io.kontor.platform.plugins", List.of(HotDeployer.class.getResource("/db/migration/V1__deployed_bundles.sql"))));
    }

    HotDeployer deployer(Database database) {
        return new HotDeployer(context(), database, catalogue, components, LIMIT);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle start(String artifact) throws BundleException {
        Bundle bundle = context().installBundle("reference:" + jar(artifact).toUri());
        bundle.start();
        return bundle;
    }

    <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open();
        try {
            T service = tracker.waitForService(10_000);
            if (service == null) {
                throw new IllegalStateException("no " + type.getName() + " came up");
            }
            return service;
        } finally {
            tracker.close();
        }
    }

    long installed(String symbolicName) {
        return List.of(context().getBundles()).stream().filter(bundle -> symbolicName.equals(bundle.getSymbolicName())).count();
    }

    /** Waits until something holds; the only way in these tests to wait. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        Object clock = new Object();
        synchronized (clock) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited in vain: " + what);
                }
                clock.wait(10);
            }
        }
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        catalogue.close();
        framework.stop();
        if (framework.waitForStop(10_000).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            throw new IllegalStateException("the framework did not stop");
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, ComponentFramework.exports("io.kontor.api") + ","
            + "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.0,"
            + "org.osgi.service.component.runtime.dto;version=1.5.0,org.osgi.service.cm;version=1.6.1,"
            + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0");
        properties.put("felix.log.level", "1");
        properties.put("kontor.home", folder.resolve("home").toString());
        properties.put("kontor.data", folder.resolve("data").toString());
        properties.put("kontor.deploy", folder.resolve("deploy").toString());
        return properties;
    }

    private static Path jar(String artifact) {
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches(artifact.replace(".", "\\.") + "-[0-9.]+\\.jar")) {
                return path;
            }
        }
        throw new IllegalStateException(artifact + " is not on the class path of the test");
    }
}
