package io.kontor.platform.models;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of who has an alias, or of a release policy, as the history keeps it. Immutable.
 *
 * @param id ascending in the order of time
 * @param plugin the plugin's id
 * @param alias champion, challenger or shadow; {@value #POLICY} when the policy was changed
 * @param from who had it before; null for nobody
 * @param to who has it since; null for nobody
 * @param at when
 * @param author who, by what and why
 */
public record AliasChange(long id, String plugin, String alias, Model from, Model to, Instant at, Author author) {

    /** Stands in the place of an alias where the release policy was changed. */
    public static final String POLICY = "policy";

    /**
     * A model, which may be gone by now.
     *
     * @param id its id
     * @param number its number
     */
    public record Model(String id, int number) {
    }

    /** What made a change. */
    public enum Cause {
        /** A training ended. */
        TRAINED(false),
        /** A person wanted it. */
        BY_HAND(false),
        /** A model began to answer a share of the requests. */
        CANARY(false),
        /** It did so for long enough, and no guard objected. */
        CANARY_PASSED(false),
        /** A person went back to the champion before. */
        ROLLBACK(true),
        /** Too many answers failed. */
        ERRORS(true),
        /** Too many answers were slow. */
        LATENCY(true),
        /** What became of the answers was clearly worse. */
        QUALITY(true),
        /** A model came from a file. */
        IMPORTED(false),
        /** The release policy was changed. */
        POLICY(false);

        private final boolean back;

        Cause(boolean back) {
            this.back = back;
        }

        /**
         * Whether it goes back to an earlier champion.
         *
         * @return true for rollbacks by whomever
         */
        public boolean back() {
            return back;
        }
    }

    /**
     * Who changes something, and why.
     *
     * @param name of the person, key or part of the server; fit for logs
     * @param cause what made it
     * @param reason in one plain sentence; empty when nobody said
     */
    public record Author(String name, Cause cause, String reason) {

        private static final int LONGEST_NAME = 200;
        private static final int LONGEST_REASON = 2_000;

        /** Shortens what is too long for the history. */
        public Author {
            name = cut(Objects.requireNonNull(name, "name"), LONGEST_NAME);
            Objects.requireNonNull(cause, "cause");
            reason = cut(Objects.requireNonNull(reason, "reason"), LONGEST_REASON);
        }

        /**
         * A person's change.
         *
         * @param name who
         * @param reason why; empty when they did not say
         * @return the author
         */
        public static Author person(String name, String reason) {
            return new Author(name, Cause.BY_HAND, reason);
        }

        private static String cut(String text, int most) {
            return text.length() <= most ? text : text.substring(0, most - 1) + "…";
        }
    }
}
