package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.persistence.Database;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Base64;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pseudonyms by a secret of each store, which is made when it is needed for the first time and goes with the store. */
@Component(service = {Pseudonyms.class, KeyedPseudonyms.class})
public final class KeyedPseudonyms implements Pseudonyms {

    private static final int SECRET_BYTES = 32;
    private static final int MOST_STORES = 2_000;
    /** They are tidied up by who fills them: to wake another thread for each new one takes longer. */
    private static final int MOST_CUSTOMERS = 100_000;

    private final Database database;
    private final LoadingCache<String, PseudonymKey> keys;
    private final LoadingCache<Name, String> pseudonyms;
    private final LoadingCache<Name, String> customers;

    /** A customer of a store under one of the two names. */
    private record Name(String store, String text) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the secrets
     */
    @Activate
    public KeyedPseudonyms(@Reference Database database) {
        this.database = database;
        keys = Caffeine.newBuilder().maximumSize(MOST_STORES).build(store -> new PseudonymKey(secret(store)));
        pseudonyms = Caffeine.newBuilder().maximumSize(MOST_CUSTOMERS).executor(Runnable::run)
                .build(name -> keys.get(name.store).pseudonym(name.text));
        customers = Caffeine.newBuilder().maximumSize(MOST_CUSTOMERS).executor(Runnable::run)
                .build(name -> keys.get(name.store).id(name.text).orElse(name.text));
    }

    /** Of two nodes that make one, the first one's counts. */
    private byte[] secret(String store) {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        return database.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into customer_secret (store, secret) values (?, ?) on conflict do nothing")) {
                insert.setString(1, store);
                insert.setString(2, Base64.getEncoder().encodeToString(fresh));
                insert.executeUpdate();
            }
            try (PreparedStatement select = connection.prepareStatement("select secret from customer_secret where store = ?")) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return Base64.getDecoder().decode(row.getString(1));
                }
            }
        });
    }

    /** The store's secret itself, for what goes through many customers and keeps its own memory. */
    PseudonymKey key(String store) {
        return keys.get(store);
    }

    @Override
    public String of(String store, String customer) {
        return customer.isEmpty() ? "" : pseudonyms.get(new Name(store, customer));
    }

    @Override
    public String customer(String store, String pseudonym) {
        return pseudonym.length() < PseudonymKey.SHORTEST ? pseudonym : customers.get(new Name(store, pseudonym));
    }

    /** Forgets a person, whose pseudonym may still be met. */
    void erased(String store, String customer) {
        pseudonyms.invalidate(new Name(store, customer));
        customers.invalidate(new Name(store, keys.get(store).pseudonym(customer)));
    }

    /** Forgets a store, whose secret is deleted. */
    void deleted(String store) {
        keys.invalidate(store);
        pseudonyms.asMap().keySet().removeIf(name -> name.store.equals(store));
        customers.asMap().keySet().removeIf(name -> name.store.equals(store));
    }
}
