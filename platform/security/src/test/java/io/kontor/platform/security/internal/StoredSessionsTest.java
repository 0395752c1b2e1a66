package io.kontor.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions.Session;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class StoredSessionsTest {

    private static final String HERE = "192.0.2.1";

    private static final Duration HOUR = Duration.ofHours(1);

    private final Tables.SetClock clock = new Tables.SetClock();
    private AccountUsers users;
    private String password;

    private StoredSessions sessions(Databases.Opened database) {
        Accounts accounts = new Accounts(database, clock);
        accounts.ensureAdmin(null);
        users = new AccountUsers(database, accounts, clock);
        password = users.create("zoe", null, Map.of("berlin", Role.OPERATOR)).orElseThrow();
        return new StoredSessions(database, accounts, clock);
    }

    private static List<SessionRow> rows(Databases.Opened database) {
        return database.transaction(manager -> manager.createQuery("select s from SessionRow s", SessionRow.class).getResultList());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aLoginIsFoundByItsTokenAlsoAfterARestartUntilItIsClosed(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            StoredSessions sessions = sessions(database);
            Session session = sessions.open("zoe", password, HERE).orElseThrow();
            assertEquals(new Principal("zoe", null, Map.of("berlin", Role.OPERATOR)), session.principal());
            assertEquals(clock.instant().plus(Duration.ofHours(12)), session.expiresAt());
            StoredSessions restarted = new StoredSessions(database, new Accounts(database, clock), clock);
            assertEquals(Optional.of(session), restarted.find(session.token()));
            sessions.close(session.token());
            assertTrue(restarted.find(session.token()).isEmpty());
            sessions.close(session.token());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void neitherWrongPasswordsNorWrongTokensOpenAnything(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            StoredSessions sessions = sessions(database);
            Session session = sessions.open("zoe", password, HERE).orElseThrow();
            Session other = sessions.open("zoe", password, HERE).orElseThrow();
            assertNotEquals(session.csrf(), other.csrf());
            assertNotEquals(session.csrf(), session.token());
            assertTrue(sessions.find(null).isEmpty());
            assertTrue(sessions.find("").isEmpty());
            assertTrue(sessions.find(session.csrf()).isEmpty());
            assertTrue(sessions.find(session.token() + "x").isEmpty());
            assertTrue(sessions.open("zoe", "nearly right", HERE).isEmpty());
            assertTrue(sessions.find(Secrets.sha256(session.token())).isEmpty(), "what lies in the database opens nothing");
            for (int i = 0; i < 9; i++) {
                assertTrue(sessions.open("zoe", "wrong", HERE).isEmpty());
            }
            assertThrows(KontorException.class, () -> sessions.open("zoe", "wrong", HERE));
            assertTrue(sessions.open("admin", "wrong", HERE).isEmpty(), "others may still try");
            assertTrue(sessions.open("zoe", password, "192.0.2.2").isPresent(), "zoe herself comes from elsewhere");
            clock.pass(Duration.ofSeconds(61));
            assertTrue(sessions.open("zoe", "wrong", HERE).isEmpty());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aSessionEndsAfterTwoHoursWithoutARequestAndAfterTwelveAnyway(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            StoredSessions sessions = sessions(database);
            String brief = sessions.open("zoe", password, HERE).orElseThrow().token();
            clock.pass(HOUR.multipliedBy(2).minusMillis(1));
            assertTrue(sessions.find(brief).isPresent());
            clock.pass(HOUR.multipliedBy(2));
            assertTrue(sessions.find(brief).isEmpty());
            Session idle = sessions.open("zoe", password, HERE).orElseThrow();
            Session busy = sessions.open("zoe", password, HERE).orElseThrow();
            for (int hour = 1; hour < 12; hour++) {
                clock.pass(HOUR);
                assertTrue(sessions.find(busy.token()).isPresent(), "after " + hour + " hours");
            }
            assertTrue(sessions.find(idle.token()).isEmpty());
            clock.pass(HOUR);
            assertTrue(sessions.find(busy.token()).isEmpty());
            assertEquals(2, rows(database).size());
            sessions.open("zoe", password, HERE);
            assertEquals(1, rows(database).size(), "a login removes those that have ended");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void notesOnceAMinuteThatASessionWasSeen(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            StoredSessions sessions = sessions(database);
            Instant begin = clock.instant();
            String token = sessions.open("zoe", password, HERE).orElseThrow().token();
            clock.pass(Duration.ofSeconds(59));
            sessions.find(token);
            assertEquals(begin, rows(database).get(0).seenAt());
            clock.pass(Duration.ofSeconds(1));
            sessions.find(token);
            assertEquals(begin.plusSeconds(60), rows(database).get(0).seenAt());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void rolesAreThoseOfTheMomentAndANewPasswordOrARemovalEndsAllSessions(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            StoredSessions sessions = sessions(database);
            String token = sessions.open("zoe", password, HERE).orElseThrow().token();
            users.grant("zoe", Role.VIEWER, Map.of());
            assertEquals(new Principal("zoe", Role.VIEWER, Map.of()), sessions.find(token).orElseThrow().principal());
            assertTrue(users.changePassword("zoe", password, "a longer one of mine", HERE));
            assertTrue(sessions.find(token).isEmpty());
            assertFalse(sessions.open("zoe", password, HERE).isPresent());
            String second = sessions.open("zoe", "a longer one of mine", HERE).orElseThrow().token();
            String reset = users.resetPassword("zoe").orElseThrow();
            assertTrue(sessions.find(second).isEmpty());
            String third = sessions.open("zoe", reset, HERE).orElseThrow().token();
            users.delete("zoe");
            assertTrue(sessions.find(third).isEmpty());
            assertEquals(List.of(), rows(database));
        }
    }
}
