package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Starter;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The stored form of a job. Changes of a running job go through statements that name the attempt, never through a managed instance. */
@Entity
@Table(name = "job")
public class JobEntity {

    /** The longest message that is kept. */
    static final int MESSAGE_LENGTH = 500;

    @Id
    String id;

    @Column(nullable = false)
    String type;

    String store;

    String plugin;

    @Column(nullable = false)
    String parameters;

    @Column(name = "exclusive_key")
    String exclusiveKey;

    @Column(name = "running_key")
    String runningKey;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Job.State state;

    double progress;

    @Column(nullable = false)
    String message;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    String result;

    String error;

    @Column(name = "cancel_requested")
    boolean cancelRequested;

    String node;

    int attempt;

    int deaths;

    @Enumerated(EnumType.STRING)
    @Column(name = "starter_kind")
    Starter.Kind starterKind;

    @Column(name = "starter_name")
    String starterName;

    /** For Hibernate. */
    protected JobEntity() {
    }

    JobEntity(String id, JobRequest request, Instant createdAt) {
        this.id = id;
        this.type = request.type();
        this.store = request.store();
        this.plugin = request.plugin();
        this.parameters = Json.write(request.parameters());
        this.exclusiveKey = request.exclusive();
        this.state = Job.State.QUEUED;
        this.message = "Queued";
        this.starterKind = request.startedBy().kind();
        this.starterName = request.startedBy().name();
        this.createdAt = createdAt;
    }

    JobRequest request() {
        return new JobRequest(type, store, plugin, Json.read(parameters), exclusiveKey, starter() == null ? Starter.SYSTEM : starter());
    }

    Job job() {
        return new Job(id, type, store, plugin, state, progress, message, createdAt, startedAt, finishedAt,
                result == null ? null : Json.read(result), error, starter());
    }

    private Starter starter() {
        return starterKind == null ? null : new Starter(starterKind, starterName);
    }
}
