package io.kontor.api.recommend;

import java.util.List;

/**
 * An ordered answer. Immutable.
 *
 * @param items best first; each product once; at most as many as asked for, fewer when there are no more candidates
 */
public record Ranking(List<RankedItem> items) {

    /** Copies the items. */
    public Ranking {
        items = List.copyOf(items);
    }
}
