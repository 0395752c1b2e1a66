package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {

    @Test
    void beginWithTheTimeAndNeverRepeat() {
        long before = System.currentTimeMillis();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            UUID id = UUID.fromString(RequestIds.next());
            long millis = id.getMostSignificantBits() >>> 16;
            assertEquals(7, id.version());
            assertEquals(2, id.variant());
            assertTrue(millis >= before && millis <= System.currentTimeMillis());
            assertTrue(given.add(id.toString()));
        }
    }
}
