package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.routing.Problem;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items the part
 * @param next the cursor of what follows; null at the end
 * @param <T> type of the items
 */
public record Page<T>(List<T> items, String next) {

    /** How many items a page has when the caller does not say. */
    static final String DEFAULT_LIMIT = "100";

    private static final int LARGEST = 500;

    /** Checks a limit. */
    static int limit(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw Problem.field(422, "limit", "must be 1 to " + LARGEST);
        }
        return limit;
    }

    /** A page of a list in memory that is sorted by rising key; the cursor is the key of the last item before the page. */
    static <T> Page<T> of(List<T> all, int limit, String cursor, Function<T, String> key) {
        limit(limit);
        List<T> rest = cursor == null ? all : all.stream().filter(item -> key.apply(item).compareTo(cursor) > 0).toList();
        return cut(rest, limit, key);
    }

    /** A page of a list that was read with one item more than the limit. */
    static <T> Page<T> cut(List<T> read, int limit, Function<T, String> key) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        List<T> items = read.subList(0, limit);
        return new Page<>(items, key.apply(items.get(limit - 1)));
    }
}
