package io.kontor.platform.plugins.internal;

import org.osgi.framework.Bundle;

/**
 * A shipped or deployed bundle as this node has it. Immutable.
 *
 * @param remembered what is known of it; the hash is null for a shipped bundle until somebody asks
 * @param bundle the installed bundle; null when it is not running
 * @param failure why it is not running, one plain sentence; null when it is
 */
record Deployment(DeployedBundle remembered, Bundle bundle, String failure) {

    /**
     * A bundle that runs.
     *
     * @param remembered what is known of it
     * @param bundle the active bundle
     * @return the deployment
     */
    static Deployment running(DeployedBundle remembered, Bundle bundle) {
        return new Deployment(remembered, bundle, null);
    }

    /**
     * A bundle that should run and does not.
     *
     * @param remembered what is known of it
     * @param failure why
     * @return the deployment
     */
    static Deployment failed(DeployedBundle remembered, String failure) {
        return new Deployment(remembered, null, failure);
    }

    BundleKey key() {
        return remembered.key();
    }

    boolean running() {
        return bundle != null;
    }

    boolean shipped() {
        return remembered.origin().equals(DeployedBundle.SHIPPED);
    }

    boolean fromFolder() {
        return remembered.origin().equals(DeployedBundle.FOLDER);
    }

    /**
     * The state in the framework's words.
     *
     * @return such as {@code ACTIVE}, or {@code FAILED: } and the reason
     */
    String state() {
        if (bundle == null) {
            return "FAILED: " + failure;
        }
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }
}
