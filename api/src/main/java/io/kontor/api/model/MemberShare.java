package io.kontor.api.model;

import java.util.Objects;

/**
 * How much a member counts in a model that is made of members. Immutable.
 *
 * @param plugin the member's plugin
 * @param version the version of its bundle
 * @param segment for which cases; empty for all
 * @param weight 0 to 1, or the coefficient of a method that has others; 0 for a member that is not listened to
 * @param loss what it lost alone on data that it had not learned from, in the ensemble's own measure; NaN when it was not judged
 */
public record MemberShare(String plugin, String version, String segment, double weight, double loss) {

    /** Checks that no text is null. */
    public MemberShare {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(segment, "segment");
    }
}
