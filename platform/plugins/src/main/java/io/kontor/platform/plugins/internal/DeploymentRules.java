package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleRefusedException;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** What may be deployed, replaced and removed, given what is there. */
final class DeploymentRules {

    private final BundleContext context;
    private final BundleLife life;
    private final Map<BundleKey, Deployment> deployments;

    DeploymentRules(BundleContext context, BundleLife life, Map<BundleKey, Deployment> deployments) {
        this.context = context;
        this.life = life;
        this.deployments = deployments;
    }

    void mayBeDeployed(BundleJar jar) {
        BundleKey key = jar.key();
        if (life.stuck(key)) {
            throw Refusals.unacceptable("The bundle " + key + " was tried before and never returned from its start; restart the server first.");
        }
        Deployment present = deployments.get(key);
        if (present != null && present.running()) {
            throw Refusals.conflict("The bundle " + key + " is deployed already; give the new one a higher version.");
        }
        for (Bundle bundle : context.getBundles()) {
            if (BundleKey.of(bundle).equals(key)) {
                throw Refusals.conflict("The bundle " + key + " belongs to the server itself.");
            }
        }
    }

    void mayBeReplaced(Deployment old, BundleJar jar) {
        life.neededBy(old.bundle()).ifPresent(reason -> {
            throw Refusals.conflict("The bundle " + jar.key() + " cannot be replaced. " + reason);
        });
    }

    Deployment mayBeRemoved(BundleKey key) {
        Deployment deployment = deployments.get(key);
        if (deployment == null) {
            throw new BundleRefusedException(BundleRefusedException.Kind.NOT_FOUND, "There is no deployed bundle " + key + ".");
        }
        if (deployment.shipped()) {
            throw Refusals.conflict("The bundle " + key + " ships with the product; disable its plugins or deploy a newer version instead.");
        }
        if (deployment.running()) {
            life.neededBy(deployment.bundle()).ifPresent(reason -> {
                throw Refusals.conflict("The bundle " + key + " cannot be removed. " + reason);
            });
        }
        return deployment;
    }
}
