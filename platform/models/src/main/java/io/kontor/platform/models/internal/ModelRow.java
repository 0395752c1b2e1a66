package io.kontor.platform.models.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A registered model as the database keeps it. Never changed once written; aliases have a table of their own. */
@Entity
@Table(name = "model")
public class ModelRow {

    @Id
    String id;
    String store;
    String plugin;
    int number;
    @Column(name = "plugin_version")
    String pluginVersion;
    @Column(name = "created_at")
    Instant createdAt;
    @Column(name = "trained_at")
    Instant trainedAt;
    @Column(name = "snapshot_from")
    Instant snapshotFrom;
    @Column(name = "snapshot_to")
    Instant snapshotTo;
    @Column(name = "snapshot_rows")
    long snapshotRows;
    @Column(name = "snapshot_hash")
    String snapshotHash;
    @Column(name = "snapshot_withheld")
    long snapshotWithheld;
    String settings;
    long seed;
    String evaluation;
    Double quality;
    String baseline;
    String champion;
    String differences;
    @Column(name = "size_bytes")
    long sizeBytes;
    String sha256;
    @Column(name = "bundle_hash")
    String bundleHash;
    String platform;
    String members;
    String features;
    String job;
    boolean promoted;
    String reason;

    /** For the persistence provider. */
    protected ModelRow() {
    }

    /**
     * A row still to be filled.
     *
     * @param id the model's id
     * @param store the store's id
     * @param plugin the plugin's id
     */
    ModelRow(String id, String store, String plugin) {
        this.id = id;
        this.store = store;
        this.plugin = plugin;
    }
}
