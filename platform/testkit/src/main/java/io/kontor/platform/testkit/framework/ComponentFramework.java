package io.kontor.platform.testkit.framework;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A framework in the test's own Java process with the component runtime and Configuration Admin in it. The packages of the API are the
 * test's, so that a test can talk to what bundles register; the kernel's components under test are made by hand with {@link #context()}.
 * Configurations outlive it in {@code config} of its folder; installed bundles do not.
 */
public final class ComponentFramework implements AutoCloseable {

    private static final String SPECIFICATIONS = "org.osgi.service.component;version=1.5.1,org.osgi.service.component.runtime;version=1.5.0,"
        + "org.osgi.service.component.runtime.dto;version=1.5.0,org.osgi.service.cm;version=1.6.1,"
        + "org.osgi.util.promise;version=1.3.0,org.osgi.util.function;version=1.2.0";
    private static final long PATIENCE_MILLIS = 15_000;

    private final Felix framework;

    /**
     * Starts a framework; the class path of the test must have Felix's {@code scr} and {@code configadmin}.
     *
     * @param folder for its cache and the configurations
     * @param properties further framework properties
     * @throws BundleException when it does not start
     */
    public ComponentFramework(Path folder, Map<String, String> properties) throws BundleException {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        all.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, exports("io.kontor.api") + "," + SPECIFICATIONS);
        all.put("felix.cm.dir", folder.resolve("config").toString());
        all.put("felix.log.level", "1");
        framework = new Felix(all);
        framework.start();
        start("org.apache.felix.configadmin");
        start("org.apache.felix.scr");
    }

    /**
     * The framework's own bundle context.
     *
     * @return the context
     */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * Installs and starts a bundle that lies on the test's class path.
     *
     * @param artifact its artifact id
     * @return the bundle
     * @throws BundleException when it does not start
     */
    public Bundle start(String artifact) throws BundleException {
        Bundle bundle = context().installBundle("reference:" + jar(artifact).toUri());
        bundle.start();
        return bundle;
    }

    /**
     * Installs and starts a bundle.
     *
     * @param location names it; two bundles of the same name and version cannot be installed
     * @param jar its bytes
     * @return the bundle
     * @throws BundleException when it does not start
     */
    public Bundle start(String location, byte[] jar) throws BundleException {
        Bundle bundle = context().installBundle(location, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }

    /**
     * Waits for a service.
     *
     * @param type its interface
     * @param <T> its interface
     * @return the service, held until the framework stops
     * @throws InterruptedException when interrupted
     */
    public <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context(), type, null);
        tracker.open();
        try {
            if (tracker.waitForService(PATIENCE_MILLIS) == null) {
                throw new IllegalStateException("no " + type.getName() + " came up");
            }
            return context().getService(tracker.getServiceReference());
        } finally {
            tracker.close();
        }
    }

    /**
     * Waits until something holds.
     *
     * @param what in words, for the failure
     * @param condition asked again and again
     * @throws InterruptedException when interrupted
     * @throws AssertionError when it does not hold within 15 seconds
     */
    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        Object clock = new Object();
        synchronized (clock) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited in vain: " + what);
                }
                clock.wait(5);
            }
        }
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        if (framework.waitForStop(PATIENCE_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            throw new IllegalStateException("the framework did not stop");
        }
    }

    /**
     * The packages of a bundle on the test's class path, with the versions of the very jar that the test runs with.
     *
     * @param artifact its artifact id
     * @return its {@code Export-Package}
     */
    public static String exports(String artifact) {
        try (JarFile jar = new JarFile(jar(artifact).toFile())) {
            return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar(String artifact) {
        for (String entry : List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches(artifact.replace(".", "\\.") + "-[0-9.]+\\.jar")) {
                return path;
            }
        }
        throw new IllegalStateException(artifact + " is not on the class path of the test");
    }
}
