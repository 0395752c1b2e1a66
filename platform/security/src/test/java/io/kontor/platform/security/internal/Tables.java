package io.kontor.platform.security.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the tests of this module share. */
final class Tables {

    private Tables() {
    }

    /** A database with the tables of this module. */
    static Databases.Opened open(FreshDatabase fresh) {
        List<URL> scripts = Stream.of("V1__access", "V2__audit", "V3__users")
                .map(name -> KeyRing.class.getResource("/db/migration/" + name + ".sql")).toList();
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(KeyRow.class, AccountRow.class, SessionRow.class),
                Map.of("io.kontor.platform.security", scripts));
    }

    static Store store(String id) {
        return new Store(id, id, Currency.getInstance("EUR"), Locale.GERMANY, ZoneId.of("Europe/Berlin"), "DE");
    }

    /** A clock that goes when it is told to. */
    static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-01-31T08:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only UTC");
        }
    }
}
