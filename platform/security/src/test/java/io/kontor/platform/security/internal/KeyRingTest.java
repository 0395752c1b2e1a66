package io.kontor.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.security.Access.NewKey;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class KeyRingTest {

    private static final String HERE = "192.0.2.1";

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SETTING = "0123456789abcdef";

    @TempDir
    Path data;

    private KeyRing ring(Databases.Opened database, String setting) throws Exception {
        return new KeyRing(database, new Accounts(database, CLOCK), CLOCK, LocalKey.write(data), setting);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aNewKeyOpensWhatItsRolesSayAlsoAfterARestartUntilItIsRevoked(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            NewKey made = ring(database, null).create("till", null, Map.of("berlin", Role.OPERATOR), null);
            KeyRing again = ring(database, null);
            Principal principal = again.authenticate("Bearer " + made.secret(), HERE).orElseThrow();
            assertTrue(principal.has(Role.OPERATOR, "berlin"));
            assertFalse(principal.has(Role.APPROVER, "berlin"));
            assertFalse(principal.knows("paris"));
            assertTrue(again.authenticate("Bearer " + made.secret() + "x", HERE).isEmpty());
            assertTrue(again.revoke(made.key().id()));
            assertTrue(again.authenticate("Bearer " + made.secret(), HERE).isEmpty());
            assertFalse(again.revoke(made.key().id()));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anExpiredKeyOpensNothingAndNoSecretIsStored(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            KeyRing ring = ring(database, null);
            NewKey expired = ring.create("old", Role.ADMIN, Map.of(), NOW.minusSeconds(1));
            assertTrue(ring.authenticate("Bearer " + expired.secret(), HERE).isEmpty());
            String stored = database.transaction(manager -> manager.find(KeyRow.class, expired.key().id()).secretHash());
            assertEquals(64, stored.length());
            assertFalse(expired.secret().contains(stored));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theKeyOfTheSettingsIsAnAdministratorsAndIsReplacedWhenItChanges(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            assertTrue(ring(database, SETTING).authenticate("Bearer " + SETTING, HERE).orElseThrow().has(Role.ADMIN, null));
            KeyRing changed = ring(database, SETTING + "-new");
            assertTrue(changed.authenticate("Bearer " + SETTING, HERE).isEmpty());
            assertTrue(changed.authenticate("Bearer " + SETTING + "-new", HERE).isPresent());
            assertThrows(IllegalStateException.class, () -> ring(database, "short"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theGeneratedPasswordIsShownOnceAndTooManyWrongOnesAreRefused(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            Accounts accounts = new Accounts(database, CLOCK);
            String password = accounts.ensureAdmin(null).orElseThrow();
            assertTrue(accounts.ensureAdmin(null).isEmpty());
            KeyRing ring = ring(database, null);
            assertTrue(ring.authenticate(basic(password), HERE).orElseThrow().has(Role.ADMIN, "any"));
            for (int i = 0; i < 10; i++) {
                assertTrue(ring.authenticate(basic("wrong" + i), HERE).isEmpty());
            }
            assertThrows(KontorException.class, () -> ring.authenticate(basic("wrong again"), HERE));
            assertTrue(ring.authenticate(basic(password), HERE).isPresent(), "what was right lately stays right");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aKeyLosesItsRoleForAStoreThatIsDeletedAlsoAfterARestart(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            KeyRing ring = ring(database, null);
            NewKey made = ring.create("till", null, Map.of("berlin", Role.OPERATOR, "paris", Role.VIEWER), null);
            ring.deleted(Tables.store("berlin"));
            for (KeyRing each : new KeyRing[] {ring, ring(database, null)}) {
                Principal principal = each.authenticate("Bearer " + made.secret(), HERE).orElseThrow();
                assertEquals(Map.of("paris", Role.VIEWER), principal.perStore());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void everyUserComesInWithAPasswordAndTheRolesOfTheMoment(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            Accounts accounts = new Accounts(database, CLOCK);
            AccountUsers users = new AccountUsers(database, accounts, CLOCK);
            accounts.ensureAdmin(null);
            String password = users.create("li@shop", null, Map.of("berlin", Role.ANALYST)).orElseThrow();
            KeyRing ring = ring(database, null);
            Principal principal = ring.authenticate(basic("li@shop", password), HERE).orElseThrow();
            assertEquals(new Principal("li@shop", null, Map.of("berlin", Role.ANALYST)), principal);
            users.grant("li@shop", Role.VIEWER, Map.of());
            assertEquals(new Principal("li@shop", Role.VIEWER, Map.of()), ring.authenticate(basic("li@shop", password), HERE).orElseThrow());
            String reset = users.resetPassword("li@shop").orElseThrow();
            assertTrue(ring.authenticate(basic("li@shop", password), HERE).isEmpty(), "the old password was remembered, but is old");
            assertTrue(ring.authenticate(basic("li@shop", reset), HERE).isPresent());
            users.delete("li@shop");
            assertTrue(ring.authenticate(basic("li@shop", reset), HERE).isEmpty());
            assertTrue(ring.authenticate(basic("no\0body", reset), HERE).isEmpty());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theLocalKeyIsReadableByItsOwnerOnlyAndGoesWithTheServer(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            KeyRing ring = ring(database, null);
            Path file = data.resolve("run/cli.key");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(ring.authenticate("Bearer " + Files.readString(file), HERE).orElseThrow().has(Role.ADMIN, null));
            ring.close();
            assertFalse(Files.exists(file));
        }
    }

    private static String basic(String password) {
        return basic("admin", password);
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
