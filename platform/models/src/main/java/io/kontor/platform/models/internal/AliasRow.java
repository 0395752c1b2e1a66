package io.kontor.platform.models.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Which model of a plugin and store bears an alias. The primary key makes an alias unique for a plugin and store. */
@Entity
@IdClass(AliasRow.Key.class)
@Table(name = "model_alias")
public class AliasRow {

    /** The alias, known to nobody outside, of the champion to go back to. It also keeps that model from being pruned. */
    static final String PREVIOUS = "previous";

    @Id
    String store;
    @Id
    String plugin;
    @Id
    String alias;
    @Column(name = "model_id")
    String modelId;
    Instant since;
    boolean canary;

    /** For the persistence provider. */
    protected AliasRow() {
    }

    /**
     * An alias given.
     *
     * @param key plugin, store and alias
     * @param modelId the model's id
     */
    AliasRow(Key key, String modelId) {
        this.store = key.store();
        this.plugin = key.plugin();
        this.alias = key.alias();
        bearBy(modelId);
    }

    /**
     * Gives the alias to another model.
     *
     * @param model the model's id
     */
    final void bearBy(String model) {
        this.modelId = model;
        this.since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.canary = false;
    }

    /**
     * The primary key.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param alias champion, challenger, shadow or {@value #PREVIOUS}
     */
    public record Key(String store, String plugin, String alias) implements Serializable {
    }
}
