package io.kontor.platform.models.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A search for good settings as the database keeps it. */
@Entity
@Table(name = "settings_search")
public class SearchRow {

    @Id
    String job;
    String store;
    String plugin;
    String terms;
    @Column(name = "created_at")
    Instant createdAt;
    @Column(name = "held_from")
    Instant heldFrom;
    String present;
    String metric;
    boolean higher;
    String outcome;
    Integer applied;
    @Column(name = "applied_at")
    Instant appliedAt;
    @Column(name = "applied_by")
    String appliedBy;

    /** For the persistence provider. */
    protected SearchRow() {
    }

    /**
     * A search that has not begun.
     *
     * @param job the job's id
     * @param key plugin and store
     */
    SearchRow(String job, ChampionIndex.Key key) {
        this.job = job;
        this.store = key.store();
        this.plugin = key.plugin();
    }
}
