package io.kontor.platform.models.internal;

import io.kontor.platform.models.AliasChange;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A change of an alias or of a release policy, as the database keeps it. Never changed once written. */
@Entity
@Table(name = "alias_change")
public class AliasChangeRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long id;
    String store;
    String plugin;
    String alias;
    @Column(name = "from_id")
    String fromId;
    @Column(name = "from_number")
    Integer fromNumber;
    @Column(name = "to_id")
    String toId;
    @Column(name = "to_number")
    Integer toNumber;
    @Column(name = "changed_at")
    Instant changedAt;
    @Column(name = "changed_by")
    String changedBy;
    String cause;
    String reason;

    /** For the persistence provider. */
    protected AliasChangeRow() {
    }

    /**
     * A change that is made now.
     *
     * @param key plugin, store and alias
     * @param from who had the alias; null for nobody
     * @param to who gets it; null for nobody
     * @param author who, by what and why
     */
    AliasChangeRow(AliasRow.Key key, AliasChange.Model from, AliasChange.Model to, AliasChange.Author author) {
        this.store = key.store();
        this.plugin = key.plugin();
        this.alias = key.alias();
        this.fromId = from == null ? null : from.id();
        this.fromNumber = from == null ? null : from.number();
        this.toId = to == null ? null : to.id();
        this.toNumber = to == null ? null : to.number();
        this.changedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = author.name();
        this.cause = author.cause().name();
        this.reason = author.reason();
    }

    AliasChange change() {
        return new AliasChange(id, plugin, alias, fromId == null ? null : new AliasChange.Model(fromId, fromNumber),
                toId == null ? null : new AliasChange.Model(toId, toNumber), changedAt,
                new AliasChange.Author(changedBy, AliasChange.Cause.valueOf(cause), reason));
    }
}
