package io.kontor.api.risk;

/** What to do with a transaction. */
public enum Verdict {
    /** Let it pass. */
    APPROVE,
    /** A person should look at it. */
    REVIEW,
    /** Refuse it. */
    DECLINE
}
