package io.kontor.platform.security.internal;

import io.kontor.platform.security.Access.ApiKey;
import io.kontor.platform.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key as it lies in the database: its secret only as a hash. */
@Entity
@Table(name = "api_key")
public class KeyRow {

    @Id
    @Column(name = "id")
    private String id;
    @Column(name = "name")
    private String name;
    @Column(name = "secret_hash")
    private String secretHash;
    @Column(name = "role")
    private String role;
    @Column(name = "store_roles")
    private String storeRoles;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "expires_at")
    private Instant expiresAt;

    /** For Hibernate. */
    protected KeyRow() {
    }

    KeyRow(ApiKey key, String secretHash) {
        this.id = key.id();
        this.name = key.name();
        this.secretHash = secretHash;
        this.role = key.everywhere() == null ? null : key.everywhere().text();
        this.storeRoles = StoreRoles.text(key.perStore());
        this.createdAt = key.createdAt();
        this.expiresAt = key.expiresAt();
    }

    String secretHash() {
        return secretHash;
    }

    void forget(String store) {
        storeRoles = StoreRoles.text(StoreRoles.without(store, StoreRoles.of(storeRoles)));
    }

    ApiKey key() {
        return new ApiKey(id, name, role == null ? null : Role.of(role).orElseThrow(), StoreRoles.of(storeRoles), createdAt, expiresAt);
    }
}
