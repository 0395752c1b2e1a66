package io.kontor.platform.jobs;

import java.util.Objects;

/**
 * Who had a job done. Immutable.
 *
 * @param kind what they are
 * @param name the account, the id of the key or of the schedule; empty for the system
 */
public record Starter(Kind kind, String name) {

    /** The platform itself. */
    public static final Starter SYSTEM = new Starter(Kind.SYSTEM, "");

    /** What can start jobs. */
    public enum Kind {
        /** A person who is logged in, by the name of the account. */
        USER,
        /** A program, by the id of its key. */
        KEY,
        /** The clock, by the id of the schedule. */
        SCHEDULE,
        /** The platform itself. */
        SYSTEM
    }

    /**
     * Whoever has shown who they are.
     *
     * @param principal the name that logs show: an account, or, with a blank in it, a key
     * @return the account or the key
     */
    public static Starter of(String principal) {
        return principal.indexOf(' ') < 0 ? new Starter(Kind.USER, principal) : new Starter(Kind.KEY, principal.replaceFirst("^key ", ""));
    }

    /** Checks that nothing is null. */
    public Starter {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }
}
