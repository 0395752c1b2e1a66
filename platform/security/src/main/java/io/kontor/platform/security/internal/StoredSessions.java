package io.kontor.platform.security.internal;

import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.Sessions;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sessions in a table. Those that have ended are removed whenever somebody logs in. What a request must carry beside the cookie is derived
 * from the token, which is never stored, and tells nothing about it.
 */
@Component(service = Sessions.class)
public final class StoredSessions implements Sessions {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration IDLE = Duration.ofHours(2);
    private static final Duration NOTED = Duration.ofMinutes(1);

    private final Database database;
    private final Accounts accounts;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the sessions
     * @param accounts checks passwords
     */
    @Activate
    public StoredSessions(@Reference Database database, @Reference Accounts accounts) {
        this(database, accounts, Clock.systemUTC());
    }

    StoredSessions(Database database, Accounts accounts, Clock clock) {
        this.database = database;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Optional<Session> open(String name, String password, String address) {
        return accounts.check(name, password, address).flatMap(checked -> {
            String token = Secrets.newKey();
            Instant now = clock.instant();
            removeEnded(now);
            return database.transaction(manager -> {
                AccountRow account = manager.find(AccountRow.class, name, LockModeType.PESSIMISTIC_WRITE);
                if (account == null || !account.passwordHash().equals(checked.passwordHash())) {
                    return Optional.empty();
                }
                SessionRow row = new SessionRow(Secrets.sha256(token), name, now, now.plus(LONGEST));
                manager.persist(row);
                return Optional.of(session(token, row, account));
            });
        });
    }

    private void removeEnded(Instant now) {
        database.transaction(manager -> manager.createQuery("delete from SessionRow s where s.expiresAt <= :now or s.seenAt <= :idle")
                .setParameter("now", now).setParameter("idle", now.minus(IDLE)).executeUpdate());
    }

    private static Session session(String token, SessionRow row, AccountRow account) {
        return new Session(token, Secrets.sha256("csrf\n" + token), account.principal(), row.expiresAt());
    }

    @Override
    public Optional<Session> find(String token) {
        if (token == null) {
            return Optional.empty();
        }
        String hash = Secrets.sha256(token);
        Instant now = clock.instant();
        return database.transaction(manager -> {
            SessionRow row = manager.find(SessionRow.class, hash);
            if (row == null || !row.expiresAt().isAfter(now) || !row.seenAt().plus(IDLE).isAfter(now)) {
                return Optional.empty();
            }
            AccountRow account = manager.find(AccountRow.class, row.account());
            if (!row.seenAt().plus(NOTED).isAfter(now)) {
                manager.createQuery("update SessionRow s set s.seenAt = :now where s.tokenHash = :hash").setParameter("now", now)
                        .setParameter("hash", hash).executeUpdate();
            }
            return Optional.ofNullable(account).map(present -> session(token, row, present));
        });
    }

    @Override
    public void close(String token) {
        database.transaction(manager -> manager.createQuery("delete from SessionRow s where s.tokenHash = :hash")
                .setParameter("hash", Secrets.sha256(token)).executeUpdate());
    }
}
