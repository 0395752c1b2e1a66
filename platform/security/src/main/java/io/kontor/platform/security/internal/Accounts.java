package io.kontor.platform.security.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users.User;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Accounts with passwords, for keys, users and sessions alike, so that all share the limits of wrong passwords. Checking one costs much on
 * purpose, so at most two are checked at a time and what was right is remembered for as long as the account keeps that password.
 */
@Component(service = Accounts.class)
public final class Accounts {

    static final String ADMIN = "admin";

    /** What a name looks like. */
    static final Pattern NAME = Pattern.compile("[a-z0-9._@-]{1,100}");

    private static final int MOST_CHECKED = 2;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    /** Checked for names that nobody has, so that the time it takes does not tell them apart. */
    private static final String NOBODY = "argon2id$" + "00".repeat(16) + "$" + "00".repeat(32);

    private final Database database;
    private final Clock clock;
    private final String pepper = Secrets.newKey();
    private final Semaphore checking = new Semaphore(MOST_CHECKED, true);
    private final WrongPasswords wrong;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /** Credentials that were right a short while ago, by a hash that only this process can make. */
    private record Remembered(String passwordHash, Instant until) {
    }

    /**
     * Makes sure that there is an administrator.
     *
     * @param context of this bundle; its properties may name the administrator's password
     * @param database keeps the accounts
     */
    @Activate
    public Accounts(BundleContext context, @Reference Database database) {
        this(database, Clock.systemUTC());
        ensureAdmin(context.getProperty("kontor.admin.password")).ifPresent(password ->
                System.out.println("Admin login: " + ADMIN + " / " + password + " (shown once)"));
    }

    Accounts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.wrong = new WrongPasswords(clock);
    }

    /**
     * Makes sure that there is an administrator.
     *
     * @param wanted the password that the operator set; null for none
     * @return a generated password to be shown once, or empty
     */
    Optional<String> ensureAdmin(String wanted) {
        boolean done = database.transaction(manager -> {
            if (wanted == null) {
                return !lockAdmins(manager).isEmpty();
            }
            AccountRow row = manager.find(AccountRow.class, ADMIN);
            return row != null && Secrets.isPassword(wanted, row.passwordHash());
        });
        if (done) {
            return Optional.empty();
        }
        String password = wanted == null ? Secrets.newPassword() : wanted;
        String hash = Secrets.hashPassword(password);
        database.transaction(manager -> {
            AccountRow row = manager.find(AccountRow.class, ADMIN, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                manager.persist(new AccountRow(new User(ADMIN, Role.ADMIN, Map.of(), clock.instant()), hash));
            } else {
                replacePassword(manager, row, hash);
            }
            return null;
        });
        return wanted == null ? Optional.of(password) : Optional.empty();
    }

    /**
     * Those with the role admin for all stores, locked until the transaction ends: with them in hand, nobody else adds, grants or removes.
     */
    static List<AccountRow> lockAdmins(EntityManager manager) {
        return manager.createQuery("select a from AccountRow a where a.role = :role order by a.name", AccountRow.class)
                .setParameter("role", Role.ADMIN.text()).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList();
    }

    /** Changes a locked account's password and ends its sessions. */
    static void replacePassword(EntityManager manager, AccountRow row, String hash) {
        row.setPasswordHash(hash);
        manager.createQuery("delete from SessionRow s where s.account = :name").setParameter("name", row.user().name()).executeUpdate();
    }

    /**
     * Checks a password.
     *
     * @param name the account's
     * @param password what was given for it
     * @param address where the request comes from
     * @return the account as it is now, or empty when name and password do not fit
     * @throws KontorException of kind CAPACITY when too many wrong passwords were tried lately for the account or from there
     */
    Optional<AccountRow> check(String name, String password, String address) {
        AccountRow row = NAME.matcher(name).matches() ? database.transaction(manager -> manager.find(AccountRow.class, name)) : null;
        String fingerprint = Secrets.sha256(pepper + "\n" + name + "\n" + password);
        Remembered known = remembered.get(fingerprint);
        if (row != null && known != null && known.until().isAfter(clock.instant()) && known.passwordHash().equals(row.passwordHash())) {
            return Optional.of(row);
        }
        if (!isRight(password, row, name, address)) {
            return Optional.empty();
        }
        remembered.values().removeIf(old -> old.until().isBefore(clock.instant()));
        remembered.put(fingerprint, new Remembered(row.passwordHash(), clock.instant().plus(REMEMBERED)));
        return Optional.of(row);
    }

    private boolean isRight(String password, AccountRow row, String name, String address) {
        awaitTurn();
        try {
            wrong.refuseTooMany(name, address);
            boolean right = Secrets.isPassword(password, row == null ? NOBODY : row.passwordHash()) && row != null;
            if (!right) {
                wrong.add(name, address);
            }
            return right;
        } finally {
            checking.release();
        }
    }

    private void awaitTurn() {
        boolean mine = false;
        try {
            mine = checking.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mine) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Too many passwords are being checked; try again in a moment.");
        }
    }
}
