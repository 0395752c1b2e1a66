package io.kontor.platform.monitoring;

import java.time.Instant;
import java.util.Map;

/**
 * Something that is wrong with a plugin's champion, or was. Immutable.
 *
 * @param id names it, rising
 * @param store the store's id
 * @param plugin the plugin's id
 * @param model the champion's id
 * @param number the champion's number
 * @param kind what kind of thing is wrong
 * @param what which thing, as in {@link Finding#what}
 * @param figures as they were seen last
 * @param state whether somebody knows
 * @param openedAt since when
 * @param seenAt when it was last found to be so
 * @param closedAt when it was closed; null while it is not
 * @param closedBy what closed it; null while it is not closed
 * @param who acknowledged it; null when nobody did
 * @param note what they said; null when nothing
 */
public record Problem(long id, String store, String plugin, String model, int number, Finding.Kind kind, String what,
        Map<String, Double> figures, State state, Instant openedAt, Instant seenAt, Instant closedAt, Cause closedBy, String who, String note) {

    /** Whether somebody knows of it. */
    public enum State {
        /** Nobody has said so. */
        OPEN,
        /** Somebody has. */
        ACKNOWLEDGED,
        /** It is no more. */
        CLOSED
    }

    /** What closed a problem. */
    public enum Cause {
        /** A later look found it gone. */
        GONE,
        /** Another model became the champion. */
        NEW_MODEL
    }
}
