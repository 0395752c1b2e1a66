package io.kontor.platform.plugins;

import java.time.Instant;
import java.util.List;
import org.osgi.framework.Version;

/**
 * An installed bundle that brings plugins or serves them as a library. Immutable.
 *
 * @param symbolicName its name
 * @param version its version
 * @param state ACTIVE, or what the framework says
 * @param origin {@code shipped}, {@code api} or {@code folder}
 * @param sha256 hexadecimal hash of the jar
 * @param deployedAt when it came; null for shipped bundles
 * @param plugins ids of its plugins
 */
public record BundleInfo(String symbolicName, Version version, String state, String origin, String sha256, Instant deployedAt,
        List<String> plugins) {
}
