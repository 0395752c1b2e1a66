package io.kontor.platform.security.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A login as it lies in the database: its token only as a hash. */
@Entity
@Table(name = "login_session")
public class SessionRow {

    @Id
    @Column(name = "token_hash")
    private String tokenHash;
    @Column(name = "account")
    private String account;
    @Column(name = "created_at")
    private Instant createdAt;
    @Column(name = "seen_at")
    private Instant seenAt;
    @Column(name = "expires_at")
    private Instant expiresAt;

    /** For Hibernate. */
    protected SessionRow() {
    }

    SessionRow(String tokenHash, String account, Instant createdAt, Instant expiresAt) {
        this.tokenHash = tokenHash;
        this.account = account;
        this.createdAt = createdAt;
        this.seenAt = createdAt;
        this.expiresAt = expiresAt;
    }

    String account() {
        return account;
    }

    Instant seenAt() {
        return seenAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
