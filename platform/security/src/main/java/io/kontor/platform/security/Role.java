package io.kontor.platform.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each includes those before it. */
public enum Role {
    /** See everything of a store. */
    VIEWER,
    /** Ask for decisions, train and compare. */
    ANALYST,
    /** Bring data, enable and configure plugins. */
    OPERATOR,
    /** Approve proposals, promote models. */
    APPROVER,
    /** Everything: stores, bundles, keys. */
    ADMIN;

    /**
     * Whether this role includes another one.
     *
     * @param other the role asked for
     * @return true when it does
     */
    public boolean includes(Role other) {
        return ordinal() >= other.ordinal();
    }

    /**
     * The role of a name as it stands in JSON.
     *
     * @param text for example {@code viewer}
     * @return the role, or empty
     */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(r -> r.text().equals(text)).findFirst();
    }

    /**
     * The name as it stands in JSON.
     *
     * @return the lower-case name
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
