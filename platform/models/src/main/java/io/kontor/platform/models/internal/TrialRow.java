package io.kontor.platform.models.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** A trial of a search as the database keeps it. Never changed once written. */
@Entity
@IdClass(TrialRow.Key.class)
@Table(name = "settings_trial")
public class TrialRow {

    @Id
    String job;
    @Id
    int number;
    String settings;
    double share;
    Double score;
    String metrics;
    double seconds;
    @Column(name = "ended_at")
    Instant endedAt;
    String error;

    /** For the persistence provider. */
    protected TrialRow() {
    }

    /**
     * A row still to be filled.
     *
     * @param job the job's id
     * @param number the trial's number
     */
    TrialRow(String job, int number) {
        this.job = job;
        this.number = number;
    }

    /**
     * The primary key.
     *
     * @param job the job's id
     * @param number the trial's number
     */
    public record Key(String job, int number) implements Serializable {
    }
}
