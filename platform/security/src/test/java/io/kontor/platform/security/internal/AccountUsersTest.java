package io.kontor.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users.User;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class AccountUsersTest {

    private static final String HERE = "192.0.2.1";

    private final Tables.SetClock clock = new Tables.SetClock();
    private Accounts accounts;

    private AccountUsers users(Databases.Opened database) {
        accounts = new Accounts(database, clock);
        accounts.ensureAdmin("admin's password");
        return new AccountUsers(database, accounts, clock);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsByNameWhatWasAddedAndGranted(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            assertTrue(users.create("zoe", Role.VIEWER, Map.of("berlin", Role.OPERATOR)).isPresent());
            assertTrue(users.create("li.wei@shop", null, Map.of("paris", Role.ADMIN)).isPresent());
            assertTrue(users.create("zoe", Role.ADMIN, Map.of()).isEmpty(), "the name is taken");
            assertTrue(users.grant("zoe", Role.ANALYST, Map.of()));
            assertFalse(users.grant("nobody", Role.ANALYST, Map.of()));
            User zoe = new User("zoe", Role.ANALYST, Map.of(), clock.instant());
            assertEquals(List.of(new User("admin", Role.ADMIN, Map.of(), clock.instant()),
                    new User("li.wei@shop", null, Map.of("paris", Role.ADMIN), clock.instant()), zoe), users.list());
            assertEquals(zoe, users.find("zoe").orElseThrow());
            assertTrue(users.delete("zoe"));
            assertFalse(users.delete("zoe"));
            assertTrue(users.find("zoe").isEmpty());
            assertTrue(users.find("z\0e").isEmpty());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesNamesThatAreNoneAndUsersWithoutAnyRole(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            for (String name : List.of("", "Zoe", "z oe", "z:oe", "z\0", "李", "a".repeat(101))) {
                assertThrows(IllegalArgumentException.class, () -> users.create(name, Role.VIEWER, Map.of()), name);
            }
            assertThrows(IllegalArgumentException.class, () -> users.create("zoe", null, Map.of()));
            assertThrows(IllegalArgumentException.class, () -> users.grant("admin", null, Map.of()));
            assertEquals(1, users.list().size());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theLastAdministratorStaysAlsoWhenTwoTakeEachOtherAwayAtOnce(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            assertThrows(IllegalStateException.class, () -> users.delete("admin"));
            assertThrows(IllegalStateException.class, () -> users.grant("admin", Role.APPROVER, Map.of("berlin", Role.ADMIN)));
            ExecutorService two = Executors.newFixedThreadPool(2);
            for (int round = 0; round < 10; round++) {
                users.create("admin", Role.ADMIN, Map.of());
                users.create("zoe", Role.ADMIN, Map.of());
                users.grant("admin", Role.ADMIN, Map.of());
                users.grant("zoe", Role.ADMIN, Map.of());
                List<Future<Boolean>> both = two.invokeAll(List.of(() -> users.delete("admin"),
                        () -> users.grant("zoe", Role.VIEWER, Map.of())));
                int done = 0;
                for (Future<Boolean> each : both) {
                    try {
                        done += each.get() ? 1 : 0;
                    } catch (java.util.concurrent.ExecutionException e) {
                        assertEquals(IllegalStateException.class, e.getCause().getClass(), () -> "not " + e.getCause());
                    }
                }
                assertEquals(1, done);
                assertEquals(1, users.list().stream().filter(user -> user.everywhere() == Role.ADMIN).count());
            }
            two.shutdown();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aDeletedAdminDoesNotComeBackWhileSomebodyElseIsAdministrator(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            users.create("zoe", Role.ADMIN, Map.of());
            users.delete("admin");
            assertTrue(accounts.ensureAdmin(null).isEmpty());
            assertEquals(List.of("zoe"), users.list().stream().map(User::name).toList());
            accounts.ensureAdmin("wanted by the operator");
            assertTrue(accounts.check("admin", "wanted by the operator", HERE).isPresent());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void usersChangeTheirPasswordWithTheOldOneOnly(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            String first = users.create("zoe", Role.VIEWER, Map.of()).orElseThrow();
            assertFalse(users.changePassword("zoe", "wrong", "a longer one of mine", HERE));
            assertFalse(users.changePassword("nobody", "wrong", "a longer one of mine", HERE));
            assertThrows(IllegalArgumentException.class, () -> users.changePassword("zoe", first, "eleven char", HERE));
            assertTrue(users.changePassword("zoe", first, "一二三四五六七八九十百千", HERE));
            assertTrue(accounts.check("zoe", first, HERE).isEmpty());
            assertTrue(accounts.check("zoe", "一二三四五六七八九十百千", HERE).isPresent());
            String reset = users.resetPassword("zoe").orElseThrow();
            assertTrue(accounts.check("zoe", "一二三四五六七八九十百千", HERE).isEmpty());
            assertTrue(accounts.check("zoe", reset, HERE).isPresent());
            assertTrue(users.resetPassword("nobody").isEmpty());
            for (int i = 0; i < 7; i++) {
                assertFalse(users.changePassword("zoe", "wrong" + i, "a longer one of mine", HERE));
            }
            assertThrows(KontorException.class, () -> users.changePassword("zoe", "wrong again", "a longer one of mine", HERE));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aDeletedStoreTakesItsRolesAlong(FreshDatabase fresh) {
        try (Databases.Opened database = Tables.open(fresh)) {
            AccountUsers users = users(database);
            users.create("both", null, Map.of("berlin", Role.ADMIN, "paris", Role.VIEWER));
            users.create("one", null, Map.of("berlin", Role.ADMIN));
            users.deleted(Tables.store("berlin"));
            List<Map<String, Role>> left = new ArrayList<>();
            Stream.of("both", "one").forEach(name -> left.add(users.find(name).orElseThrow().perStore()));
            assertEquals(List.of(Map.of("paris", Role.VIEWER), Map.of()), left);
        }
    }
}
