package io.kontor.platform.plugins.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;

/**
 * The rules that keep bundles replaceable without touching anyone else: nothing reaches into the kernel, nothing wires to a plugin. The
 * same verdict for every jar, whoever wrote it.
 */
final class ImportRules {

    private static final String KERNEL = "io.kontor.platform";
    private static final String KERNEL_UNIT = "Kontor-Persistence-Unit";
    private static final List<String> RESERVED = List.of("io.kontor", "java", "jakarta", "org.osgi");

    private ImportRules() {
    }

    /**
     * Judges a manifest.
     *
     * @param headers its main attributes
     * @param bringsPlugins whether one of the bundle's components is a plugin
     * @return the first rule that is broken, in one plain sentence; empty when all is well
     * @throws IllegalArgumentException when a header cannot be parsed
     */
    static Optional<String> violation(Map<String, String> headers, boolean bringsPlugins) {
        for (String forbidden : List.of(Constants.DYNAMICIMPORT_PACKAGE, Constants.FRAGMENT_HOST, Constants.REQUIRE_BUNDLE)) {
            if (headers.containsKey(forbidden)) {
                return Optional.of("The manifest uses " + forbidden + ": " + shortened(headers.get(forbidden)) + ", which "
                    + why(forbidden));
            }
        }
        if ("kernel".equals(headers.get(KERNEL_UNIT))) {
            return Optional.of("The manifest asks for " + KERNEL_UNIT + ": kernel; only the platform's own entities live there.");
        }
        for (ManifestClause clause : parse(headers, Constants.IMPORT_PACKAGE)) {
            for (String name : clause.names()) {
                if (within(name, KERNEL)) {
                    return Optional.of("It imports the package " + name + " of the platform; plugins may import io.kontor.api only.");
                }
            }
        }
        for (ManifestClause clause : parse(headers, Constants.EXPORT_PACKAGE)) {
            for (String name : clause.names()) {
                if (bringsPlugins) {
                    return Optional.of("It exports the package " + name + "; a bundle with plugins exports nothing, so that it can be"
                        + " replaced without restarting others.");
                }
                if (RESERVED.stream().anyMatch(reserved -> within(name, reserved))) {
                    return Optional.of("It exports the package " + name + ", a name that belongs to the platform or a standard.");
                }
            }
        }
        return Optional.empty();
    }

    private static String why(String header) {
        return switch (header) {
            case Constants.FRAGMENT_HOST -> "would change another bundle from inside; deploy a bundle of its own instead.";
            case Constants.REQUIRE_BUNDLE -> "ties it to one bundle; import the packages instead.";
            default -> "would wire it to whatever comes by; import the packages instead.";
        };
    }

    private static List<ManifestClause> parse(Map<String, String> headers, String header) {
        try {
            return ManifestClause.parse(headers.get(header));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The manifest's " + header + " cannot be understood: " + e.getMessage() + ".", e);
        }
    }

    private static boolean within(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    private static String shortened(String value) {
        return value.length() <= 80 ? value : value.substring(0, 77) + "...";
    }
}
