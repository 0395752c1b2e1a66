package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back at the start what was shipped and deployed: installs all, resolves all at once, starts one after the other. What does not
 * start is logged and listed with its reason.
 */
final class StartOfBundles {

    private static final Logger LOG = LoggerFactory.getLogger(StartOfBundles.class);

    private final BundleContext context;
    private final BundleLife life;
    private final DeployedBundleStore store;
    private final ShippedBundles shipped;
    private final Map<DeployedBundle, Bundle> installed = new LinkedHashMap<>();
    private final List<Deployment> deployments = new ArrayList<>();

    /**
     * A start.
     *
     * @param context of this bundle
     * @param life installs and starts
     * @param store the deployed bundles
     * @param shipped the shipped bundles
     */
    StartOfBundles(BundleContext context, BundleLife life, DeployedBundleStore store, ShippedBundles shipped) {
        this.context = context;
        this.life = life;
        this.store = store;
        this.shipped = shipped;
    }

    /**
     * Starts them.
     *
     * @return all bundles, running or not; hidden from the catalogue
     */
    List<Deployment> run() {
        removeLeftovers();
        shipped.jars().forEach(this::installShipped);
        Set<BundleKey> ours = installed.keySet().stream().map(DeployedBundle::key).collect(Collectors.toSet());
        List<DeployedBundle> deployed = store.list();
        store.tidy(deployed);
        for (DeployedBundle bundle : deployed) {
            if (ours.contains(bundle.key())) {
                LOG.info("Bundle {} was deployed and is shipped with the product now; the shipped one runs", bundle.key());
            } else {
                installDeployed(bundle);
            }
        }
        life.resolveTogether(installed.values());
        installed.forEach(this::start);
        return deployments;
    }

    /** A framework that keeps its cache over a restart still has the deployed bundles; the database is to decide what comes back. */
    private void removeLeftovers() {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getLocation().startsWith(BundleKey.SCHEME)) {
                life.remove(bundle);
            }
        }
    }

    private void installShipped(Path jar) {
        try {
            Bundle bundle = life.install("reference:" + jar.toUri(), null);
            DeployedBundle remembered = remembered(BundleKey.of(bundle));
            shipped.holds(remembered.key(), jar);
            installed.put(remembered, bundle);
        } catch (IOException | BundleRefusedException e) {
            fail(remembered(new BundleKey(jar.getFileName().toString(), Version.emptyVersion)), e);
        }
    }

    private static DeployedBundle remembered(BundleKey key) {
        return new DeployedBundle(key, null, DeployedBundle.SHIPPED, null, null);
    }

    private void installDeployed(DeployedBundle bundle) {
        try {
            installed.put(bundle, life.install(bundle.key().location(), store.jar(bundle)));
        } catch (IOException | BundleRefusedException e) {
            fail(bundle, e);
        }
    }

    private void start(DeployedBundle remembered, Bundle bundle) {
        try {
            life.resolve(bundle);
            life.start(bundle);
            deployments.add(Deployment.running(remembered, bundle));
        } catch (BundleRefusedException e) {
            life.remove(bundle);
            fail(remembered, e);
        }
    }

    private void fail(DeployedBundle remembered, Exception failure) {
        String reason = failure instanceof BundleRefusedException ? failure.getMessage() : Refusals.words(failure);
        LOG.warn("Bundle {} ({}) does not run: {}", remembered.key(), remembered.origin(), reason);
        deployments.add(Deployment.failed(remembered, reason));
    }
}
