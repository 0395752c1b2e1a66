package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.internal.BoundedStep.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs, starts and removes foreign bundles, each step within a limit of time. A step that fails leaves nothing of the bundle behind. A
 * step that never returns holds the framework's lock on that one bundle: such a bundle is never touched again, its name and version stay
 * refused, and should its code return one day, it is removed on the spot. Used by one thread at a time.
 */
final class BundleLife {

    private static final Logger LOG = LoggerFactory.getLogger(BundleLife.class);

    private final BundleContext context;
    private final BundleTrackingCatalogue catalogue;
    private final ServiceComponentRuntime components;
    private final Duration limit;
    private final FrameworkWiring wiring;
    private final Set<BundleKey> stuck = ConcurrentHashMap.newKeySet();

    /**
     * Lives in one framework.
     *
     * @param context of this bundle
     * @param catalogue where bundles stay hidden until they may be seen
     * @param components the component runtime
     * @param limit how long one step may take
     */
    BundleLife(BundleContext context, BundleTrackingCatalogue catalogue, ServiceComponentRuntime components, Duration limit) {
        this.context = context;
        this.catalogue = catalogue;
        this.components = components;
        this.limit = limit;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /**
     * Whether an earlier bundle of this name and version never came back.
     *
     * @param key name and version
     * @return true when it is still stuck
     */
    boolean stuck(BundleKey key) {
        return stuck.contains(key);
    }

    /**
     * Installs, resolves and starts a jar, hidden from the catalogue.
     *
     * @param jar the jar
     * @return the bundle, active
     * @throws BundleRefusedException when one step fails; nothing of the bundle is left, or it is {@link #stuck}
     * @throws IOException when the file cannot be read; nothing has changed
     */
    Bundle run(BundleJar jar) throws IOException {
        Bundle bundle = install(jar.key().location(), jar.file());
        try {
            resolve(bundle);
            start(bundle);
            componentsAreKnown(bundle, jar.components());
            return bundle;
        } catch (RuntimeException e) {
            remove(bundle);
            throw e;
        }
    }

    /**
     * Checks that a jar would resolve, and reads what its plugins are called. Installs it for a moment; nothing of it runs.
     *
     * @param jar the jar
     * @param locale the language of the titles
     * @return titles by plugin id
     * @throws BundleRefusedException when it would not
     * @throws IOException when the file cannot be read
     */
    Map<String, String> resolvable(BundleJar jar, Locale locale) throws IOException {
        Bundle bundle = install(jar.key().location(), jar.file());
        try {
            resolve(bundle);
            PluginSettings settings = new PluginSettings(bundle);
            Locale nearest = settings.nearest(locale);
            return jar.plugins().stream().collect(Collectors.toMap(id -> id, id -> settings.texts(id, Map.of(), nearest).title()));
        } finally {
            remove(bundle);
        }
    }

    /**
     * Installs a jar, hidden from the catalogue.
     *
     * @param location the location in the framework
     * @param jar the bytes; null when the location tells them
     * @return the bundle, installed
     * @throws BundleRefusedException when the framework does not take it
     * @throws IOException when the file cannot be read
     */
    Bundle install(String location, Path jar) throws IOException {
        try (InputStream in = jar == null ? null : Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(location, in);
            catalogue.hide(bundle);
            return bundle;
        } catch (BundleException e) {
            throw Refusals.unacceptable("The framework does not take the bundle: " + Refusals.words(e) + ".");
        }
    }

    /**
     * Resolves a bundle.
     *
     * @param bundle an installed bundle
     * @throws BundleRefusedException with what it lacks; the bundle stays installed
     */
    void resolve(Bundle bundle) {
        if (wiring.resolveBundles(Set.of(bundle))) {
            return;
        }
        BundleKey key = BundleKey.of(bundle);
        throw Refusals.unacceptable("The bundle " + key + " cannot be resolved. " + new UnresolvedWords(context, wiring).lacks(bundle)
            .orElse("The packages that it imports come from bundles that cannot be used together."));
    }

    /**
     * Resolves several bundles at once, so that it does not matter which needs which.
     *
     * @param bundles installed bundles
     */
    void resolveTogether(Collection<Bundle> bundles) {
        if (!bundles.isEmpty() && !wiring.resolveBundles(List.copyOf(bundles))) {
            LOG.debug("Not all of {} could be resolved; each is looked at when it is started", bundles);
        }
    }

    /**
     * Starts a resolved bundle.
     *
     * @param bundle the bundle
     * @throws BundleRefusedException when it throws or does not return in time; it stays installed, or {@link #stuck}
     */
    void start(Bundle bundle) {
        BundleKey key = BundleKey.of(bundle);
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        Outcome outcome = step("kontor-start-", key, loader, () -> bundle.start(Bundle.START_TRANSIENT), () -> comeBack(bundle, key));
        if (outcome instanceof Outcome.Threw threw) {
            throw Refusals.unacceptable("The bundle " + key + " could not be started: " + activator(threw.failure())
                + Refusals.words(threw.failure()) + ".");
        }
        String late = "The bundle " + key + " could not be started: it did not return within " + limit.toSeconds() + " seconds";
        if (outcome instanceof Outcome.Late) {
            throw Refusals.unacceptable(late + ".");
        }
        if (outcome instanceof Outcome.Stuck) {
            throw Refusals.unacceptable(late + " and cannot be interrupted. This version stays refused until the server is restarted.");
        }
    }

    /**
     * Checks that the component runtime took the components that the jar describes.
     *
     * @param bundle the active bundle
     * @param described its components
     * @throws BundleRefusedException naming one that is missing
     */
    void componentsAreKnown(Bundle bundle, List<ComponentXml> described) {
        Set<String> known = components.getComponentDescriptionDTOs(bundle).stream().map((ComponentDescriptionDTO component) ->
            component.name).collect(Collectors.toSet());
        for (ComponentXml component : described) {
            if (!known.contains(component.name())) {
                throw Refusals.unacceptable("The component runtime did not accept the component " + component.name()
                    + "; its description breaks the rules of Declarative Services.");
            }
        }
    }

    /**
     * Stops and uninstalls a bundle, and lets those that use it resolve anew.
     *
     * @param bundle the bundle; one that is stuck is left alone
     * @return false when it does not stop in time: it is then stuck
     */
    boolean remove(Bundle bundle) {
        BundleKey key = BundleKey.of(bundle);
        if (stuck(key) || bundle.getState() == Bundle.UNINSTALLED) {
            return !stuck(key);
        }
        Outcome outcome = step("kontor-stop-", key, null, () -> uninstall(bundle), () -> stuck.remove(key));
        if (outcome instanceof Outcome.Threw threw) {
            LOG.warn("Bundle {} was removed, but complained: {}", key, Refusals.words(threw.failure()));
        }
        return !(outcome instanceof Outcome.Stuck);
    }

    /**
     * The bundles that are wired to a bundle, directly or not.
     *
     * @param bundle any bundle
     * @return the others
     */
    Set<Bundle> dependants(Bundle bundle) {
        Set<Bundle> closure = new HashSet<>(wiring.getDependencyClosure(Set.of(bundle)));
        closure.remove(bundle);
        return closure;
    }

    /**
     * Says why a bundle that others use cannot go.
     *
     * @param bundle the bundle
     * @return a sentence, or empty when all its users find what they need elsewhere
     */
    Optional<String> neededBy(Bundle bundle) {
        for (Bundle dependant : dependants(bundle)) {
            BundleKey user = BundleKey.of(dependant);
            if (stuck(user)) {
                return Optional.of("The bundle " + user + " uses it and is stuck; restart the server first.");
            }
            for (BundleWire wire : dependant.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                boolean elsewhere = wiring.findProviders(wire.getRequirement()).stream()
                    .anyMatch(capability -> !capability.getRevision().getBundle().equals(bundle));
                if (wire.getProvider().getBundle().equals(bundle) && !elsewhere) {
                    return Optional.of("The bundle " + user + " needs its package "
                        + wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE) + "; remove that bundle first.");
                }
            }
        }
        return Optional.empty();
    }

    private void uninstall(Bundle bundle) throws BundleException, InterruptedException {
        boolean used = !dependants(bundle).isEmpty();
        bundle.uninstall();
        catalogue.show(bundle);
        if (used) {
            CountDownLatch refreshed = new CountDownLatch(1);
            wiring.refreshBundles(Set.of(bundle), event -> refreshed.countDown());
            if (!refreshed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The bundles that used {} have not all come back yet", bundle.getSymbolicName());
            }
        }
    }

    /** Counts as stuck from the start, so that a step which returns in the very moment of being given up is not forgotten. */
    private Outcome step(String name, BundleKey key, ClassLoader loader, BoundedStep.Action action, Runnable whenLate) {
        stuck.add(key);
        Outcome outcome = BoundedStep.run(name + key.symbolicName(), loader, limit, action, whenLate);
        if (outcome instanceof Outcome.Stuck) {
            LOG.warn("Bundle {} does not return and cannot be ended; a thread of it runs on until the server is restarted", key);
        } else {
            stuck.remove(key);
        }
        return outcome;
    }

    /** Runs on the stuck thread itself, which has just let go of the framework's lock on the bundle. */
    private void comeBack(Bundle bundle, BundleKey key) {
        try {
            uninstall(bundle);
            LOG.info("Bundle {}, which was given up as stuck, returned and was removed", key);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("Bundle {}, which was given up as stuck, returned, but cannot be removed: {}", key, Refusals.words(e));
        } finally {
            stuck.remove(key);
        }
    }

    private static String activator(Throwable failure) {
        return failure instanceof BundleException e && e.getType() == BundleException.ACTIVATOR_ERROR ? "its activator threw " : "";
    }
}
