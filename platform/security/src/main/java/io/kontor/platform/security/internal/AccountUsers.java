package io.kontor.platform.security.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users;
import io.kontor.platform.stores.StoreListener;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Users in the table of accounts. Nothing is kept in memory, so that every node sees a change at once. */
@Component(service = {Users.class, StoreListener.class})
public final class AccountUsers implements Users, StoreListener {

    private static final int SHORTEST_PASSWORD = 12;

    private final Database database;
    private final Accounts accounts;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the accounts
     * @param accounts checks passwords
     */
    @Activate
    public AccountUsers(@Reference Database database, @Reference Accounts accounts) {
        this(database, accounts, Clock.systemUTC());
    }

    AccountUsers(Database database, Accounts accounts, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public List<User> list() {
        return database.transaction(manager -> manager.createQuery("select a from AccountRow a", AccountRow.class)
                .getResultStream().map(AccountRow::user).sorted(Comparator.comparing(User::name)).toList());
    }

    @Override
    public Optional<User> find(String name) {
        return Accounts.NAME.matcher(name).matches()
                ? Optional.ofNullable(database.transaction(manager -> manager.find(AccountRow.class, name))).map(AccountRow::user)
                : Optional.empty();
    }

    @Override
    public Optional<String> create(String name, Role everywhere, Map<String, Role> perStore) {
        if (!Accounts.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A name has 1 to 100 characters out of a to z, 0 to 9, dot, hyphen, underscore and at sign.");
        }
        demandARole(everywhere, perStore);
        String password = Secrets.newPassword();
        String hash = Secrets.hashPassword(password);
        boolean added = database.transaction(manager -> {
            Accounts.lockAdmins(manager);
            boolean free = manager.find(AccountRow.class, name) == null;
            if (free) {
                manager.persist(new AccountRow(new User(name, everywhere, perStore, clock.instant()), hash));
            }
            return free;
        });
        return added ? Optional.of(password) : Optional.empty();
    }

    @Override
    public boolean grant(String name, Role everywhere, Map<String, Role> perStore) {
        demandARole(everywhere, perStore);
        return database.transaction(manager -> {
            List<AccountRow> admins = Accounts.lockAdmins(manager);
            AccountRow row = locked(manager, name);
            if (row != null) {
                if (everywhere != Role.ADMIN) {
                    refuseTheLast(admins, row);
                }
                row.grant(everywhere, perStore);
            }
            return row != null;
        });
    }

    @Override
    public Optional<String> resetPassword(String name) {
        String password = Secrets.newPassword();
        return replacePassword(name, null, password) ? Optional.of(password) : Optional.empty();
    }

    @Override
    public boolean changePassword(String name, String old, String chosen, String address) {
        if (chosen.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException("A password has at least " + SHORTEST_PASSWORD + " characters.");
        }
        Optional<AccountRow> account = accounts.check(name, old, address);
        return account.isPresent() && replacePassword(name, account.get().passwordHash(), chosen);
    }

    private boolean replacePassword(String name, String oldHash, String password) {
        String hash = Secrets.hashPassword(password);
        return database.transaction(manager -> {
            AccountRow row = locked(manager, name);
            boolean found = row != null && (oldHash == null || oldHash.equals(row.passwordHash()));
            if (found) {
                Accounts.replacePassword(manager, row, hash);
            }
            return found;
        });
    }

    @Override
    public boolean delete(String name) {
        return database.transaction(manager -> {
            List<AccountRow> admins = Accounts.lockAdmins(manager);
            AccountRow row = locked(manager, name);
            if (row != null) {
                refuseTheLast(admins, row);
                manager.remove(row);
            }
            return row != null;
        });
    }

    private static AccountRow locked(EntityManager manager, String name) {
        return Accounts.NAME.matcher(name).matches() ? manager.find(AccountRow.class, name, LockModeType.PESSIMISTIC_WRITE) : null;
    }

    private static void demandARole(Role everywhere, Map<String, Role> perStore) {
        if (everywhere == null && perStore.isEmpty()) {
            throw new IllegalArgumentException("A user needs a role for all stores or for a store.");
        }
    }

    private static void refuseTheLast(List<AccountRow> admins, AccountRow row) {
        if (admins.size() == 1 && admins.contains(row)) {
            throw new IllegalStateException("The last user with the role admin for all stores has to keep it.");
        }
    }

    @Override
    public void present(Store store) {
        // users get their roles by name of the store
    }

    @Override
    public void deleted(Store store) {
        database.transaction(manager -> {
            Accounts.lockAdmins(manager);
            manager.createQuery("select a from AccountRow a where a.storeRoles <> '' order by a.name", AccountRow.class)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList().forEach(row -> row.forget(store.id()));
            return null;
        });
    }
}
