package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.BundleRefusedException.Kind;
import io.kontor.platform.plugins.PluginDescriptor;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What may come and go beside the bundles that are there. */
final class DeploymentRules {

    private static final String KERNEL = "io.kontor.platform.";
    private static final String API = "io.kontor.api";

    private final BundleContext context;
    private final BundleLife life;
    private final BundleTrackingCatalogue catalogue;
    private final Map<BundleKey, Deployment> deployments;

    /**
     * The rules of one server.
     *
     * @param context of this bundle
     * @param life knows what is stuck and what needs what
     * @param catalogue knows whose plugins there are
     * @param deployments the live map of what is shipped and deployed
     */
    DeploymentRules(BundleContext context, BundleLife life, BundleTrackingCatalogue catalogue, Map<BundleKey, Deployment> deployments) {
        this.context = context;
        this.life = life;
        this.catalogue = catalogue;
        this.deployments = deployments;
    }

    /**
     * Judges a new bundle.
     *
     * @param jar its jar
     * @throws BundleRefusedException when it may not come
     */
    void mayBeDeployed(BundleJar jar) {
        BundleKey key = jar.key();
        if (life.stuck(key)) {
            throw Refusals.conflict("An earlier attempt with " + key
                + " is still stuck in its own code. Give the new one another version or restart the server.");
        }
        boolean belongsToKernel = key.symbolicName().startsWith(KERNEL) || key.symbolicName().equals(API);
        for (Bundle bundle : context.getBundles()) {
            if (BundleKey.of(bundle).equals(key)) {
                throw Refusals.conflict("The bundle " + key + " is installed already. Give the new one another version.");
            }
            if (belongsToKernel && key.symbolicName().equals(bundle.getSymbolicName())) {
                throw Refusals.unacceptable("The name " + key.symbolicName() + " belongs to the platform.");
            }
        }
        pluginIdsAreItsOwn(jar);
    }

    /**
     * Judges a jar that is to take the place of the same version.
     *
     * @param old what runs
     * @param jar the new jar
     * @throws BundleRefusedException when it may not
     */
    void mayBeReplaced(Deployment old, BundleJar jar) {
        pluginIdsAreItsOwn(jar);
        life.neededBy(old.bundle()).ifPresent(reason -> {
            throw Refusals.conflict("The bundle " + old.key() + " cannot be replaced. " + reason);
        });
    }

    /**
     * Judges a removal.
     *
     * @param key name and version
     * @return what would be removed
     * @throws BundleRefusedException of kind NOT_FOUND, or when it may not go
     */
    Deployment mayBeRemoved(BundleKey key) {
        Deployment deployment = deployments.get(key);
        if (deployment == null) {
            throw new BundleRefusedException(Kind.NOT_FOUND, "There is no deployed bundle " + key + ".");
        }
        if (deployment.shipped()) {
            throw Refusals.conflict("The bundle " + key + " is shipped with the product and cannot be removed; disable its plugins instead.");
        }
        if (deployment.running()) {
            life.neededBy(deployment.bundle()).ifPresent(reason -> {
                throw Refusals.conflict("The bundle " + key + " cannot be removed. " + reason);
            });
        }
        return deployment;
    }

    private void pluginIdsAreItsOwn(BundleJar jar) {
        for (PluginDescriptor plugin : catalogue.plugins(Locale.ROOT)) {
            if (jar.plugins().contains(plugin.id()) && !plugin.bundle().equals(jar.key().symbolicName())) {
                throw Refusals.conflict("The plugin id " + plugin.id() + " belongs to the bundle " + plugin.bundle() + " already.");
            }
        }
    }
}
