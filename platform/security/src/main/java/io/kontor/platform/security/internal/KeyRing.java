package io.kontor.platform.security.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.StoreListener;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keys by the hash of their text, in memory, so that finding one is one map access and the time it takes tells nothing about a key. Also
 * asks the accounts for those who come with a password.
 */
@Component(service = {Access.class, StoreListener.class})
public final class KeyRing implements Access, StoreListener {

    private static final String SETTING_ID = "setting";
    private static final int SHORTEST_KEY = 16;

    private final Database database;
    private final Clock clock;
    private final Accounts accounts;
    private final LocalKey local;
    private final Map<String, ApiKey> byHash = new ConcurrentHashMap<>();

    /**
     * Reads the keys, and makes what the operator's settings ask for.
     *
     * @param context of this bundle; its properties name the data folder and the administrator's key
     * @param database keeps the keys
     * @param accounts knows those who come with a password
     * @throws IOException when the key for local commands cannot be written
     */
    @Activate
    public KeyRing(BundleContext context, @Reference Database database, @Reference Accounts accounts) throws IOException {
        this(database, accounts, Clock.systemUTC(), LocalKey.write(Path.of(context.getProperty("kontor.data"))),
                context.getProperty("kontor.api.key"));
    }

    KeyRing(Database database, Accounts accounts, Clock clock, LocalKey local, String settingKey) {
        this.database = database;
        this.clock = clock;
        this.local = local;
        this.accounts = accounts;
        if (settingKey != null && settingKey.length() < SHORTEST_KEY) {
            throw new IllegalStateException("KONTOR_API_KEY must have at least " + SHORTEST_KEY + " characters.");
        }
        List<KeyRow> rows = database.transaction(manager -> {
            KeyRow old = manager.find(KeyRow.class, SETTING_ID);
            String wanted = settingKey == null ? null : Secrets.sha256(settingKey);
            if (old != null && !old.secretHash().equals(wanted)) {
                manager.remove(old);
                manager.flush();
                old = null;
            }
            if (old == null && wanted != null) {
                manager.persist(new KeyRow(new ApiKey(SETTING_ID, "KONTOR_API_KEY", Role.ADMIN, Map.of(), clock.instant(), null), wanted));
                manager.flush();
            }
            return manager.createQuery("select k from KeyRow k", KeyRow.class).getResultList();
        });
        rows.forEach(row -> byHash.put(row.secretHash(), row.key()));
    }

    @Deactivate
    void close() throws IOException {
        local.close();
    }

    @Override
    public Optional<Principal> authenticate(String authorization, String address) {
        if (authorization == null) {
            return Optional.empty();
        }
        int blank = authorization.indexOf(' ');
        String scheme = blank < 0 ? "" : authorization.substring(0, blank);
        String credentials = authorization.substring(blank + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer")) {
            return bearer(credentials);
        }
        return scheme.equalsIgnoreCase("Basic") ? basic(credentials, address) : Optional.empty();
    }

    private Optional<Principal> bearer(String key) {
        String hash = Secrets.sha256(key);
        if (local.matches(hash)) {
            return Optional.of(new Principal("local commands", Role.ADMIN, Map.of()));
        }
        ApiKey known = byHash.get(hash);
        if (known == null || known.expiresAt() != null && !known.expiresAt().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(new Principal("key " + known.id(), known.everywhere(), known.perStore()));
    }

    private Optional<Principal> basic(String credentials, String address) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty()
                    : accounts.check(pair.substring(0, colon), pair.substring(colon + 1), address).map(AccountRow::principal);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public List<ApiKey> keys() {
        return byHash.values().stream().sorted(Comparator.comparing(ApiKey::createdAt).reversed()).toList();
    }

    @Override
    public NewKey create(String name, Role everywhere, Map<String, Role> perStore, Instant expiresAt) {
        String id = Secrets.newId();
        String secret = "kontor_" + id + "_" + Secrets.newKey();
        String hash = Secrets.sha256(secret);
        ApiKey key = new ApiKey(id, name, everywhere, Map.copyOf(perStore), clock.instant(), expiresAt);
        database.transaction(manager -> {
            manager.persist(new KeyRow(key, hash));
            return null;
        });
        byHash.put(hash, key);
        return new NewKey(key, secret);
    }

    @Override
    public boolean revoke(String id) {
        boolean found = database.transaction(manager -> {
            KeyRow row = manager.find(KeyRow.class, id);
            if (row != null) {
                manager.remove(row);
            }
            return row != null;
        });
        byHash.values().removeIf(key -> key.id().equals(id));
        return found;
    }

    @Override
    public void present(Store store) {
        // keys get their roles when they are made
    }

    @Override
    public void deleted(Store store) {
        database.transaction(manager -> {
            manager.createQuery("select k from KeyRow k where k.storeRoles <> ''", KeyRow.class)
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList().forEach(row -> row.forget(store.id()));
            return null;
        });
        byHash.replaceAll((hash, key) -> new ApiKey(key.id(), key.name(), key.everywhere(), StoreRoles.without(store.id(), key.perStore()),
                key.createdAt(), key.expiresAt()));
    }
}
