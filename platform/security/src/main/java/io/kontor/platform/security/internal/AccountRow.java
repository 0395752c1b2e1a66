package io.kontor.platform.security.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

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

    /** For Hibernate. */
    protected AccountRow() {
    }

    AccountRow(String name, String passwordHash, String role) {
        this.name = name;
        this.passwordHash = passwordHash;
        this.role = role;
    }

    String passwordHash() {
        return passwordHash;
    }

    void setPasswordHash(String hash) {
        passwordHash = hash;
    }

    String role() {
        return role;
    }
}
