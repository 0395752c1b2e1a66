package io.kontor.platform.plugins.internal;

import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.PluginDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys into the running framework: static checks, resolution, start, and only then the row in the database that makes it last. Whatever
 * goes wrong before the row is written is undone. Starts what was shipped and deployed before when it is made itself.
 */
@Component(service = {BundleDeployer.class, HotDeployer.class}, immediate = true)
public final class HotDeployer implements BundleDeployer {

    private static final Logger LOG = LoggerFactory.getLogger(HotDeployer.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ReentrantLock oneChangeAtATime = new ReentrantLock(true);
    private final Map<BundleKey, Deployment> deployments = new ConcurrentSkipListMap<>();
    private final BundleTrackingCatalogue catalogue;
    private final BundleLife life;
    private final DeployedBundleStore store;
    private final JarInspection inspection;
    private final DeploymentRules rules;
    private final DeployFolderContents folder;
    private final ListenerWhiteboard listeners;
    private final ShippedBundles shipped;

    /**
     * Starts what was shipped and deployed. A bundle that does not start is logged and listed; it does not keep the others from starting.
     *
     * @param context of this bundle; its properties {@code kontor.home}, {@code kontor.data} and {@code kontor.deploy} name the folders
     * @param database where deployed bundles are kept
     * @param catalogue the catalogue to be kept in step
     * @param components the component runtime
     */
    @Activate
    public HotDeployer(BundleContext context, @Reference Database database, @Reference BundleTrackingCatalogue catalogue,
            @Reference ServiceComponentRuntime components) {
        this(context, database, catalogue, components, LIMIT);
    }

    HotDeployer(BundleContext context, Database database, BundleTrackingCatalogue catalogue, ServiceComponentRuntime components,
            Duration limit) {
        Path data = Path.of(property(context, "kontor.data"));
        this.catalogue = catalogue;
        this.life = new BundleLife(context, catalogue, components, limit);
        this.store = new DeployedBundleStore(database, data.resolve("bundles"));
        this.inspection = new JarInspection(JarLimits.STANDARD, Runtime.version().feature());
        this.rules = new DeploymentRules(context, life, catalogue, deployments);
        this.folder = new DeployFolderContents(Path.of(property(context, "kontor.deploy")));
        this.listeners = new ListenerWhiteboard(context);
        this.shipped = new ShippedBundles(Path.of(property(context, "kontor.home")).resolve("plugins"));
        new StartOfBundles(context, life, store, shipped).run().forEach(this::put);
    }

    @Deactivate
    void close() {
        listeners.close();
    }

    @Override
    public List<BundleInfo> bundles() {
        List<BundleInfo> infos = new ArrayList<>();
        deployments.values().forEach(deployment -> infos.add(info(deployment)));
        infos.addAll(folder.refused());
        return infos;
    }

    @Override
    public BundlePlan plan(InputStream bytes, Locale locale) throws IOException {
        try (IncomingJar incoming = IncomingJar.receive(bytes, store.folder(), JarLimits.STANDARD)) {
            BundleJar jar = inspection.inspect(incoming);
            return changing(() -> {
                rules.mayBeDeployed(jar);
                Map<String, String> titles = life.resolvable(jar, locale);
                return new BundlePlan("install", jar.key().symbolicName(), jar.key().version(), jar.plugins(), titles,
                    otherVersions(jar.key()), List.of());
            });
        }
    }

    @Override
    public BundleInfo deploy(InputStream bytes, Origin origin) throws IOException {
        try (IncomingJar incoming = IncomingJar.receive(bytes, store.folder(), JarLimits.STANDARD)) {
            BundleJar jar = inspection.inspect(incoming);
            return info(changing(() -> deploy(jar, new DeployedBundle(jar.key(), jar.sha256(),
                origin == Origin.FOLDER ? DeployedBundle.FOLDER : DeployedBundle.API, null, now()))));
        }
    }

    @Override
    public BundlePlan planRemoval(String symbolicName, Version version) {
        BundleKey key = new BundleKey(symbolicName, version);
        return changing(() -> {
            Deployment deployment = rules.mayBeRemoved(key);
            List<String> restarts = !deployment.running() ? List.of()
                : life.dependants(deployment.bundle()).stream().map(Bundle::getSymbolicName).sorted().distinct().toList();
            return new BundlePlan("uninstall", symbolicName, version, plugins(key), Map.of(), otherVersions(key), restarts);
        });
    }

    @Override
    public void undeploy(String symbolicName, Version version) {
        changing(() -> {
            Deployment deployment = rules.mayBeRemoved(new BundleKey(symbolicName, version));
            remove(deployment);
            folder.delete(deployment.remembered());
            return null;
        });
    }

    /**
     * Deploys what lies in the deploy folder. A file that holds another version than before takes the place of that version; one that holds
     * the same version with other bytes takes the place of these. What is refused is noted and logged once.
     *
     * @param file a jar, or what claims to be one
     */
    void fileArrived(Path file) {
        String name = file.getFileName().toString();
        folder.read(file, store.folder(), inspection, jar -> changing(() -> {
            Optional<Deployment> earlier = byFile(name);
            DeployedBundle wanted = new DeployedBundle(jar.key(), jar.sha256(), DeployedBundle.FOLDER, name, now());
            deploy(jar, wanted);
            if (earlier.isPresent() && !earlier.get().key().equals(jar.key())) {
                remove(rules.mayBeRemoved(earlier.get().key()));
            }
            return null;
        }));
    }

    /**
     * Removes what a file brought that is no longer in the deploy folder.
     *
     * @param name the file's name
     */
    void fileWent(String name) {
        folder.forget(name);
        try {
            changing(() -> {
                byFile(name).ifPresent(deployment -> remove(rules.mayBeRemoved(deployment.key())));
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("Deploy folder: {} is gone, but its bundle stays: {}", name, Refusals.words(e));
        }
    }

    private Deployment deploy(BundleJar jar, DeployedBundle wanted) throws IOException {
        Deployment present = deployments.get(jar.key());
        boolean byFolder = wanted.origin().equals(DeployedBundle.FOLDER);
        if (present != null && present.running() && byFolder && sha256(present).equals(jar.sha256())) {
            return renamed(present, wanted.fileName());
        }
        if (present != null && present.running() && byFolder && present.fromFolder()) {
            return replace(present, jar, wanted);
        }
        rules.mayBeDeployed(jar);
        return put(install(jar, wanted));
    }

    /** Runs a jar and makes it last; undoes all when one of both fails. The bundle stays hidden. */
    private Deployment install(BundleJar jar, DeployedBundle wanted) throws IOException {
        long start = System.nanoTime();
        Bundle bundle = life.run(jar);
        try {
            store.save(wanted, jar.file());
        } catch (IOException | RuntimeException e) {
            life.remove(bundle);
            throw e;
        }
        LOG.info("Bundle {} deployed with {} plugins in {} ms", jar.key(), jar.plugins().size(), (System.nanoTime() - start) / 1_000_000);
        return Deployment.running(wanted, bundle);
    }

    /** For the developer's loop: the same version with other bytes. The old bytes come back when the new ones do not run. */
    private Deployment replace(Deployment old, BundleJar jar, DeployedBundle wanted) throws IOException {
        rules.mayBeReplaced(old, jar);
        Path oldJar = store.jar(old.remembered());
        takeAway(old);
        try {
            return put(install(jar, wanted));
        } catch (IOException | RuntimeException e) {
            put(restored(old, oldJar));
            throw e;
        }
    }

    private Deployment restored(Deployment old, Path jar) {
        try {
            return Deployment.running(old.remembered(), life.run(inspection.inspect(new IncomingJar(jar, old.remembered().sha256()))));
        } catch (IOException | RuntimeException e) {
            LOG.error("Bundle {}: neither the new jar nor the old one runs any more: {}", old.key(), Refusals.words(e));
            return Deployment.failed(old.remembered(), Refusals.words(e));
        }
    }

    private Deployment renamed(Deployment present, String fileName) {
        DeployedBundle known = present.remembered();
        if (!present.fromFolder() || fileName == null || fileName.equals(known.fileName())) {
            return present;
        }
        DeployedBundle moved = new DeployedBundle(known.key(), known.sha256(), known.origin(), fileName, known.deployedAt());
        store.rename(moved);
        Deployment deployment = Deployment.running(moved, present.bundle());
        deployments.put(moved.key(), deployment);
        return deployment;
    }

    private void remove(Deployment deployment) {
        if (deployment.running()) {
            hide(deployment);
        }
        try {
            store.delete(deployment.remembered());
        } catch (RuntimeException e) {
            if (deployment.running()) {
                put(deployment);
            }
            throw e;
        }
        deployments.remove(deployment.key());
        if (deployment.running()) {
            List<Deployment> restarting = users(deployment);
            restarting.forEach(this::hide);
            life.remove(deployment.bundle());
            restarting.forEach(this::put);
        }
        LOG.info("Bundle {} removed", deployment.key());
    }

    private void takeAway(Deployment deployment) {
        hide(deployment);
        if (!life.remove(deployment.bundle())) {
            deployments.put(deployment.key(), Deployment.failed(deployment.remembered(), "it did not stop in time."));
            throw Refusals.unacceptable("The bundle " + deployment.key() + " did not stop in time; restart the server to replace it.");
        }
    }

    private void hide(Deployment deployment) {
        catalogue.hide(deployment.bundle());
        listeners.removing(deployment.key());
    }

    /** Deployed bundles that use a library; the framework restarts them when the library goes. */
    private List<Deployment> users(Deployment library) {
        Set<Bundle> dependants = life.dependants(library.bundle());
        return deployments.values().stream().filter(Deployment::running)
            .filter(deployment -> dependants.contains(deployment.bundle())).toList();
    }

    /** Lets a deployment be seen. */
    private Deployment put(Deployment deployment) {
        deployments.put(deployment.key(), deployment);
        if (deployment.running()) {
            catalogue.show(deployment.bundle());
            listeners.added(deployment.key());
        }
        return deployment;
    }

    private Optional<Deployment> byFile(String name) {
        return deployments.values().stream().filter(deployment -> name.equals(deployment.remembered().fileName())).findFirst();
    }

    private List<Version> otherVersions(BundleKey key) {
        return deployments.keySet().stream().filter(other -> other.symbolicName().equals(key.symbolicName()) && !other.equals(key))
            .map(BundleKey::version).toList();
    }

    private List<String> plugins(BundleKey key) {
        return catalogue.plugins(Locale.ROOT).stream()
            .filter(plugin -> plugin.bundle().equals(key.symbolicName()) && plugin.version().equals(key.version()))
            .map(PluginDescriptor::id).toList();
    }

    private BundleInfo info(Deployment deployment) {
        return new BundleInfo(deployment.key().symbolicName(), deployment.key().version(), deployment.state(),
            deployment.remembered().origin(), sha256(deployment), deployment.remembered().deployedAt(), plugins(deployment.key()));
    }

    private String sha256(Deployment deployment) {
        return deployment.shipped() ? shipped.sha256(deployment.key()) : deployment.remembered().sha256();
    }

    /** A change of what is deployed. */
    @FunctionalInterface
    private interface Change<T, E extends Exception> {
        T make() throws E;
    }

    private <T, E extends Exception> T changing(Change<T, E> change) throws E {
        oneChangeAtATime.lock();
        try {
            return change.make();
        } finally {
            oneChangeAtATime.unlock();
        }
    }

    private static String property(BundleContext context, String name) {
        String value = context.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The framework property " + name + " is not set.");
        }
        return value;
    }

    /** As fine as both databases keep it. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
