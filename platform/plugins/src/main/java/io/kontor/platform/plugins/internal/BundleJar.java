package io.kontor.platform.plugins.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A jar that passed the static checks. Immutable.
 *
 * @param file where it lies
 * @param sha256 hexadecimal hash of its bytes
 * @param key name and version
 * @param headers the manifest's main attributes; names without regard to case
 * @param components its Declarative Services components
 */
record BundleJar(Path file, String sha256, BundleKey key, Map<String, String> headers, List<ComponentXml> components) {

    /**
     * The plugins it brings.
     *
     * @return ids, sorted
     */
    List<String> plugins() {
        return ComponentXml.plugins(components);
    }
}
