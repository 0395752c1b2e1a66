package io.kontor.platform.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OSGi framework with the bundles of the product in it. All bundles are installed before the first is started, so that each is resolved
 * against the full set; a bundle that does not start ends the start. Used by one thread, except for {@link #stop}.
 */
final class Container {

    /** Service property, of any service, with the server's base URL: all that was asked for is up. */
    private static final String READY = "kontor.ready";

    /** Service property, of any service, with one plain sentence: a bundle found after its start that Kontor cannot run. */
    private static final String FAILED = "kontor.failed";

    private static final long FIRST_PATIENCE_MILLIS = 5_000;

    private final Logger log = LoggerFactory.getLogger(Container.class);
    private final Logger startLog = LoggerFactory.getLogger(Logging.START);
    private final Felix framework;

    Container(Map<String, Object> properties) {
        framework = new Felix(properties);
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    void start(SystemBundles bundles) throws StartFailure {
        Stopwatch watch = new Stopwatch();
        try {
            framework.init();
            log.debug("Framework created in {} ms", watch.lap());
            SortedMap<Integer, List<Bundle>> installed = install(bundles);
            log.debug("Bundles installed in {} ms", watch.lap());
            framework.start();
            log.debug("Framework started in {} ms", watch.lap());
            for (Map.Entry<Integer, List<Bundle>> level : installed.entrySet()) {
                for (Bundle bundle : level.getValue()) {
                    start(bundle);
                }
                log.debug("Start level {} reached in {} ms", level.getKey(), watch.lap());
            }
        } catch (BundleException e) {
            throw StartFailure.failed("The OSGi framework does not start: " + FailureCause.sentence(e), e);
        }
    }

    /**
     * Waits for the service that says that Kontor is ready.
     *
     * @return the server's base URL
     * @throws StartFailure when a bundle reports that it cannot do its work
     */
    String awaitReady() throws StartFailure {
        try {
            Filter filter = context().createFilter("(|(" + READY + "=*)(" + FAILED + "=*))");
            ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context(), filter, null);
            tracker.open(true);
            for (long patience = FIRST_PATIENCE_MILLIS; tracker.waitForService(patience) == null; patience *= 2) {
                startLog.info("Still waiting for a service with the property {} after {} ms more", READY, patience);
            }
            ServiceReference<Object> reference = tracker.getServiceReference();
            tracker.close();
            if (reference.getProperty(FAILED) != null) {
                throw StartFailure.failed(reference.getProperty(FAILED).toString());
            }
            return reference.getProperty(READY).toString();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StartFailure.failed("The start was interrupted.", e);
        }
    }

    /** Waits until the framework has stopped, for whatever reason. */
    void awaitStop() {
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops the bundles, highest start level first.
     *
     * @param limit how long to wait at most
     * @return false when some bundle did not stop in time
     */
    boolean stop(Duration limit) {
        try {
            framework.stop();
            return framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT;
        } catch (BundleException e) {
            log.error("The framework did not stop", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Installs and starts further bundles of the product, unless they are there, and gives a service of theirs.
     *
     * @param folder with their jars
     * @param type the service's interface
     * @return the service
     * @throws BundleException when they do not start or bring no such service
     */
    synchronized Object serviceOf(Path folder, String type) throws BundleException {
        try {
            List<Bundle> found = new ArrayList<>();
            for (Path jar : SystemBundles.jars(folder)) {
                found.add(context().installBundle("reference:" + jar.toUri()));
            }
            for (Bundle bundle : found) {
                bundle.start(Bundle.START_TRANSIENT);
            }
        } catch (IOException e) {
            throw new BundleException("The folder " + folder + " cannot be read; unpack Kontor again.", e);
        }
        ServiceReference<?>[] services = services(type);
        Object service = services == null ? null : context().getService(services[0]);
        if (service == null) {
            throw new BundleException("The bundles in " + folder + " bring no service " + type + ".");
        }
        return service;
    }

    private ServiceReference<?>[] services(String type) {
        try {
            return context().getAllServiceReferences(type, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private SortedMap<Integer, List<Bundle>> install(SystemBundles bundles) throws StartFailure {
        SortedMap<Integer, List<Bundle>> installed = new TreeMap<>();
        for (Map.Entry<Integer, List<Path>> level : bundles.byLevel().entrySet()) {
            for (Path jar : level.getValue()) {
                try {
                    Bundle bundle = context().installBundle("reference:" + jar.toUri());
                    bundle.adapt(BundleStartLevel.class).setStartLevel(level.getKey());
                    installed.computeIfAbsent(level.getKey(), number -> new ArrayList<>()).add(bundle);
                } catch (BundleException e) {
                    throw StartFailure.failed("The bundle " + jar.getFileName() + " cannot be installed: " + FailureCause.sentence(e), e);
                }
            }
        }
        return installed;
    }

    private void start(Bundle bundle) throws StartFailure {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            long begin = System.nanoTime();
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            log.debug("{} started in {} ms", bundle.getSymbolicName(), (System.nanoTime() - begin) / 1_000_000);
        } catch (BundleException e) {
            throw StartFailure.failed(FailureCause.ofStart(bundle.getSymbolicName(), e), e);
        }
    }
}
