package io.kontor.platform.security.internal;

import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users.User;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** An account as it lies in the database: its password only as a hash. */
@Entity
@Table(name = "account")
public class AccountRow {

    @Id
    @Column(name = "name")
    private String name;
    @Column(name = "password_hash")
    private String passwordHash;
    @Column(name = "role")
    private String role;
    @Column(name = "store_roles")
    private String storeRoles;
    @Column(name = "created_at")
    private Instant createdAt;

    /** For Hibernate. */
    protected AccountRow() {
    }

    AccountRow(User user, String passwordHash) {
        this.name = user.name();
        this.passwordHash = passwordHash;
        this.createdAt = user.createdAt();
        grant(user.everywhere(), user.perStore());
    }

    final void grant(Role everywhere, Map<String, Role> perStore) {
        role = everywhere == null ? null : everywhere.text();
        storeRoles = StoreRoles.text(perStore);
    }

    void forget(String store) {
        storeRoles = StoreRoles.text(StoreRoles.without(store, StoreRoles.of(storeRoles)));
    }

    String passwordHash() {
        return passwordHash;
    }

    void setPasswordHash(String hash) {
        passwordHash = hash;
    }

    User user() {
        return new User(name, role == null ? null : Role.of(role).orElseThrow(), StoreRoles.of(storeRoles), createdAt);
    }

    Principal principal() {
        User user = user();
        return new Principal(user.name(), user.everywhere(), user.perStore());
    }
}
