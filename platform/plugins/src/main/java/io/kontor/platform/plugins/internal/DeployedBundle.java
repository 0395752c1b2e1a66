package io.kontor.platform.plugins.internal;

import java.time.Instant;

/**
 * What is remembered of a deployed bundle. Immutable.
 *
 * @param key name and version
 * @param sha256 hexadecimal hash of the jar
 * @param origin one of {@link #API} and {@link #FOLDER}
 * @param fileName its name in the deploy folder; null when it did not come from there
 * @param deployedAt when it came
 */
record DeployedBundle(BundleKey key, String sha256, String origin, String fileName, Instant deployedAt) {

    /** Came through the REST API. */
    static final String API = "api";
    /** Came from the deploy folder. */
    static final String FOLDER = "folder";
    /** Belongs to the product; never remembered, found anew at each start. */
    static final String SHIPPED = "shipped";
}
