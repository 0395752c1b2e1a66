package io.kontor.platform.security.internal;

import io.kontor.platform.security.Access.ApiKey;
import io.kontor.platform.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        this.storeRoles = new TreeMap<>(key.perStore()).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue().text())
                .collect(Collectors.joining(","));
        this.createdAt = key.createdAt();
        this.expiresAt = key.expiresAt();
    }

    String secretHash() {
        return secretHash;
    }

    ApiKey key() {
        Map<String, Role> roles = new TreeMap<>();
        for (String pair : storeRoles.split(",")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                roles.put(pair.substring(0, equals), Role.of(pair.substring(equals + 1)).orElseThrow());
            }
        }
        return new ApiKey(id, name, role == null ? null : Role.of(role).orElseThrow(), roles, createdAt, expiresAt);
    }
}
