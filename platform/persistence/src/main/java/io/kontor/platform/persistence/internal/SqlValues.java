package io.kontor.platform.persistence.internal;

import java.time.Instant;
import java.time.ZoneOffset;

/** Values as both drivers take them. */
final class SqlValues {

    private SqlValues() {
    }

    static Object of(Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }
}
