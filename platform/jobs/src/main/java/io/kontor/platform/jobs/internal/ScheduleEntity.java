package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Schedule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** The stored form of a schedule. */
@Entity
@Table(name = "job_schedule")
@IdClass(ScheduleEntity.Key.class)
public class ScheduleEntity {

    @Id
    String store;

    @Id
    String id;

    @Column(nullable = false)
    String plugin;

    @Column(nullable = false)
    String task;

    @Column(nullable = false)
    String cron;

    @Column(name = "time_zone", nullable = false)
    String timeZone;

    boolean enabled;

    @Column(name = "next_run")
    Instant nextRun;

    @Column(name = "last_run")
    Instant lastRun;

    @Column(name = "last_job")
    String lastJob;

    /** An operator made or changed it. */
    boolean own;

    /** An operator removed what the plugin declares. */
    boolean removed;

    /** The alarm that is set for it; any other rings for nobody. Null while none is. */
    String alarm;

    /** For Hibernate. */
    protected ScheduleEntity() {
    }

    ScheduleEntity(String store, String id) {
        this.store = store;
        this.id = id;
    }

    /**
     * What identifies a schedule.
     *
     * @param store the store's id
     * @param id unique within the store
     */
    public record Key(String store, String id) implements Serializable {
    }

    /** Becomes what the terms say, with a time zone. */
    void set(Schedule.Terms terms, Instant next) {
        plugin = terms.plugin();
        task = terms.task();
        cron = terms.cron();
        timeZone = terms.timeZone();
        enabled = terms.enabled();
        nextRun = terms.enabled() ? next : null;
        removed = false;
    }

    Schedule.Terms terms() {
        return new Schedule.Terms(plugin, task, cron, timeZone, enabled);
    }
}
