package io.kontor.platform.security.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Accounts with passwords. Checking one costs much on purpose, so at most two are checked at a time and what was right is remembered. */
final class Accounts {

    static final String ADMIN = "admin";

    private static final int MOST_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Database database;
    private final Clock clock;
    private final String pepper = Secrets.newKey();
    private final Semaphore checking = new Semaphore(2);
    private final Deque<Instant> failures = new ArrayDeque<>();
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    /** Credentials that were right a short while ago, as a hash that only this process can make. */
    private record Remembered(Principal principal, Instant until) {
    }

    Accounts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes sure that there is an administrator.
     *
     * @param wanted the password that the operator set; null for none
     * @return a generated password to be shown once, or empty
     */
    Optional<String> ensureAdmin(String wanted) {
        String present = database.transaction(manager -> {
            AccountRow row = manager.find(AccountRow.class, ADMIN);
            return row == null ? null : row.passwordHash();
        });
        if (present != null && (wanted == null || Secrets.isPassword(wanted, present))) {
            return Optional.empty();
        }
        String password = wanted == null ? Secrets.newPassword() : wanted;
        String hash = Secrets.hashPassword(password);
        database.transaction(manager -> {
            AccountRow row = manager.find(AccountRow.class, ADMIN);
            if (row == null) {
                manager.persist(new AccountRow(ADMIN, hash, Role.ADMIN.text()));
            } else {
                row.setPasswordHash(hash);
            }
            return null;
        });
        return wanted == null ? Optional.of(password) : Optional.empty();
    }

    Optional<Principal> check(String name, String password) {
        String fingerprint = Secrets.sha256(pepper + "\n" + name + "\n" + password);
        Remembered known = remembered.get(fingerprint);
        if (known != null && known.until().isAfter(clock.instant())) {
            return Optional.of(known.principal());
        }
        refuseWhenTooManyFailed();
        AccountRow row = database.transaction(manager -> manager.find(AccountRow.class, name));
        if (row == null || !checking.tryAcquire()) {
            failed();
            return Optional.empty();
        }
        try {
            if (!Secrets.isPassword(password, row.passwordHash())) {
                failed();
                return Optional.empty();
            }
        } finally {
            checking.release();
        }
        Principal principal = new Principal(name, Role.of(row.role()).orElseThrow(), Map.of());
        remembered.values().removeIf(old -> old.until().isBefore(clock.instant()));
        remembered.put(fingerprint, new Remembered(principal, clock.instant().plus(REMEMBERED)));
        return Optional.of(principal);
    }

    private synchronized void failed() {
        failures.addLast(clock.instant());
    }

    private synchronized void refuseWhenTooManyFailed() {
        Instant begin = clock.instant().minus(WINDOW);
        while (!failures.isEmpty() && failures.peekFirst().isBefore(begin)) {
            failures.removeFirst();
        }
        if (failures.size() >= MOST_FAILURES) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Too many wrong passwords were tried; wait a minute.");
        }
    }
}
