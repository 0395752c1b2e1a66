package io.kontor.platform.models.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Which model of a plugin and store bears an alias. The primary key makes an alias unique for a plugin and store. */
@Entity
@IdClass(AliasRow.Key.class)
@Table(name = "model_alias")
public class AliasRow {

    @Id
    String store;
    @Id
    String plugin;
    @Id
    String alias;
    @Column(name = "model_id")
    String modelId;

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
        this.modelId = modelId;
    }

    /**
     * The primary key.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     * @param alias champion, challenger or shadow
     */
    public record Key(String store, String plugin, String alias) implements Serializable {
    }
}
