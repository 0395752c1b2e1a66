package io.kontor.api.model;

import java.util.Objects;

/**
 * Which code made a model, to the byte. Immutable.
 *
 * @param bundleSha256 hexadecimal hash of the plugin's bundle; empty when unknown
 * @param platform version of the platform, with the commit it was built from after a plus sign where that was known at the build; empty when
 *     unknown
 */
public record CodeVersion(String bundleSha256, String platform) {

    /** Nothing is known. */
    public static final CodeVersion UNKNOWN = new CodeVersion("", "");

    /** Checks that nothing is null. */
    public CodeVersion {
        Objects.requireNonNull(bundleSha256, "bundleSha256");
        Objects.requireNonNull(platform, "platform");
    }
}
