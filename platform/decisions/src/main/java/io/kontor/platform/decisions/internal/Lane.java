package io.kontor.platform.decisions.internal;

/** What a call into a plugin is for. Each lane has its own calls at once and its own circuit breaker, so that none holds another up. */
enum Lane {
    /** The champion answers. */
    SERVING,
    /** The challenger answers its share. */
    CANARY,
    /** The shadow is asked, and nobody waits for it. */
    SHADOW
}
