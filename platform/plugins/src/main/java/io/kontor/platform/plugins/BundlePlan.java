package io.kontor.platform.plugins;

import java.util.List;
import java.util.Map;
import org.osgi.framework.Version;

/**
 * What deploying or removing a bundle would do. Immutable.
 *
 * @param action {@code install} or {@code uninstall}
 * @param symbolicName the bundle
 * @param version its version
 * @param plugins ids of the plugins that come or go
 * @param titles what they are called in the language asked for, by id; empty for those that go, which the catalogue knows
 * @param otherVersions versions of the same bundle that stay installed beside it
 * @param restarts symbolic names of other bundles that would be restarted; always empty for a plugin, which nothing wires to
 */
public record BundlePlan(String action, String symbolicName, Version version, List<String> plugins, Map<String, String> titles,
        List<Version> otherVersions, List<String> restarts) {
}
