package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs all that was shipped and deployed, resolves it together and starts it. One that fails does not keep the others from starting. */
final class StartOfBundles {

    private static final Logger LOG = LoggerFactory.getLogger(StartOfBundles.class);

    private final BundleLife life;
    private final DeployedBundleStore store;
    private final ShippedBundles shipped;

    StartOfBundles(BundleLife life, DeployedBundleStore store, ShippedBundles shipped) {
        this.life = life;
        this.store = store;
        this.shipped = shipped;
    }

    List<Deployment> run() {
        List<Deployment> deployments = new ArrayList<>();
        Map<DeployedBundle, Bundle> installed = new LinkedHashMap<>();
        for (Path jar : shipped.jars()) {
            installShipped(jar, installed);
        }
        List<DeployedBundle> deployed = store.list();
        store.tidy(deployed);
        for (DeployedBundle bundle : deployed) {
            try {
                installed.put(bundle, life.install(bundle.key().location(), store.jar(bundle)));
            } catch (IOException | RuntimeException e) {
                deployments.add(failed(bundle, e));
            }
        }
        life.resolveTogether(installed.values());
        installed.forEach((remembered, bundle) -> deployments.add(start(remembered, bundle)));
        return deployments;
    }

    private void installShipped(Path jar, Map<DeployedBundle, Bundle> installed) {
        try {
            Bundle bundle = life.install("reference:" + jar.toUri(), null);
            BundleKey key = BundleKey.of(bundle);
            shipped.found(key, jar);
            installed.put(new DeployedBundle(key, null, DeployedBundle.SHIPPED, null, null), bundle);
        } catch (IOException | BundleRefusedException e) {
            LOG.error("The shipped plugin {} cannot be installed: {}", jar.getFileName(), Refusals.words(e));
        }
    }

    private Deployment start(DeployedBundle remembered, Bundle bundle) {
        try {
            life.resolve(bundle);
            life.start(bundle);
            return Deployment.running(remembered, bundle);
        } catch (RuntimeException e) {
            life.remove(bundle);
            return failed(remembered, e);
        }
    }

    private static Deployment failed(DeployedBundle bundle, Exception e) {
        LOG.error("Bundle {} did not start with the server: {}", bundle.key(), Refusals.words(e));
        return Deployment.failed(bundle, Refusals.words(e));
    }
}
