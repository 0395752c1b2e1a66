package io.kontor.platform.persistence.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity over the sample table. */
@Entity
@Table(name = "note")
public class NoteEntity {

    @Id
    @Column(name = "id")
    private String id;
    @Column(name = "store")
    private String store;
    @Column(name = "text")
    private String text;

    protected NoteEntity() {
    }

    NoteEntity(String store, String id, String text) {
        this.store = store;
        this.id = id;
        this.text = text;
    }

    String text() {
        return text;
    }
}
