package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits jobs by cron expressions. Each time belongs to the node whose conditional update moves the schedule on; the job is inserted in the
 * same transaction. The next time is counted from the one that has come, not from the node's clock, so clocks that differ do no harm.
 */
@Component(immediate = true, service = Schedules.class)
public final class CronSchedules implements Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(CronSchedules.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    /** Other nodes change schedules without telling; a clock may be set. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Database database;
    private final JobQueue queue;
    private final Clock clock;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread = new NamedThreads("kontor-schedules-").newThread(this::loop);
    private volatile boolean stopped;

    /**
     * Starts with what the database has. Returns before that is read.
     *
     * @param database where schedules are kept
     * @param queue where jobs go
     */
    @Activate
    public CronSchedules(@Reference Database database, @Reference JobQueue queue) {
        this(database, queue, Clock.systemUTC());
    }

    CronSchedules(Database database, JobQueue queue, Clock clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        thread.start();
    }

    /** Ends the thread. */
    @Deactivate
    public void stop() {
        stopped = true;
        signal.release();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Schedule> list(String store) {
        return database.transaction(em -> em.createQuery("select s from ScheduleEntity s where s.store = :store order by s.id",
                ScheduleEntity.class).setParameter("store", store).getResultStream().map(ScheduleEntity::schedule).toList());
    }

    @Override
    public Optional<Schedule> find(String store, String id) {
        return database.transaction(em -> entity(em, store, id).map(ScheduleEntity::schedule));
    }

    @Override
    public Schedule put(String store, String id, Schedule.Terms terms) {
        Instant next = check(id, terms);
        Schedule schedule = database.transaction(em -> {
            ScheduleEntity entity = entity(em, store, id).orElseGet(() -> new ScheduleEntity(store, id));
            entity.set(terms, terms.enabled() ? next : null);
            return em.merge(entity).schedule();
        });
        signal.release();
        return schedule;
    }

    @Override
    public boolean delete(String store, String id) {
        return 1 == database.transaction(em -> em.createQuery("delete from ScheduleEntity s where s.store = :store and s.id = :id")
                .setParameter("store", store).setParameter("id", id).executeUpdate());
    }

    /** Submits what is due. The first sleep ends when the next time comes. */
    void runDue() {
        Instant now = now();
        List<Schedule> due = database.transaction(em -> em.createQuery(
                "select s from ScheduleEntity s where s.enabled = true and s.nextRun <= :now order by s.nextRun", ScheduleEntity.class)
                .setParameter("now", now).getResultStream().map(ScheduleEntity::schedule).toList());
        for (Schedule schedule : due) {
            run(schedule, now);
        }
    }

    private void run(Schedule schedule, Instant now) {
        Schedule.Terms terms = schedule.terms();
        Instant later = schedule.nextRun().isAfter(now) ? schedule.nextRun() : now;
        Instant next = new CronClock(terms.cron(), terms.timeZone()).next(later).orElse(null);
        String key = "train/" + schedule.store() + "/" + terms.plugin();
        String job = database.transaction(em -> {
            int mine = em.createQuery("""
                    update ScheduleEntity s set s.nextRun = :next
                    where s.store = :store and s.id = :id and s.nextRun = :due and s.enabled = true""")
                    .setParameter("next", next).setParameter("store", schedule.store()).setParameter("id", schedule.id())
                    .setParameter("due", schedule.nextRun()).executeUpdate();
            if (mine == 0 || waits(em, schedule.lastJob())) {
                return null;
            }
            String submitted = queue.enqueue(em, new JobRequest(Schedule.Terms.TRAIN, schedule.store(), terms.plugin(), Map.of(), key));
            em.createQuery("update ScheduleEntity s set s.lastRun = :now, s.lastJob = :job where s.store = :store and s.id = :id")
                    .setParameter("now", now).setParameter("job", submitted).setParameter("store", schedule.store())
                    .setParameter("id", schedule.id()).executeUpdate();
            return submitted;
        });
        if (job != null) {
            LOG.info("Schedule {} of store {} submitted job {}; the next time is {}", schedule.id(), schedule.store(), job, next);
            queue.wake();
        }
    }

    private static boolean waits(EntityManager em, String job) {
        JobEntity last = job == null ? null : em.find(JobEntity.class, job);
        return last != null && last.state == Job.State.QUEUED;
    }

    private void loop() {
        while (!stopped) {
            Duration sleep;
            try {
                runDue();
                sleep = untilNext();
            } catch (RuntimeException e) {
                if (!stopped) {
                    LOG.warn("Schedules wait because the database does not answer; will try again", e);
                }
                sleep = RETRY;
            }
            try {
                if (signal.tryAcquire(sleep.toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                stopped = true;
            }
        }
    }

    private Duration untilNext() {
        Instant next = database.transaction(em -> em.createQuery(
                "select min(s.nextRun) from ScheduleEntity s where s.enabled = true", Instant.class).getSingleResult());
        Duration sleep = next == null ? LONGEST_SLEEP : Duration.between(clock.instant(), next).plusMillis(1);
        return sleep.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : sleep.isNegative() ? Duration.ZERO : sleep;
    }

    private Instant check(String id, Schedule.Terms terms) {
        if (!ID.matcher(id).matches()) {
            throw new ScheduleRefusedException("id", "An id has 1 to 63 characters a to z, 0 to 9 or hyphen and begins with none.");
        }
        required("plugin", terms.plugin(), 255);
        required("task", terms.task(), 50);
        required("cron", terms.cron(), 200);
        required("timeZone", terms.timeZone(), 64);
        if (!terms.task().equals(Schedule.Terms.TRAIN)) {
            throw new ScheduleRefusedException("task", "There is no task \"" + terms.task() + "\"; \"train\" is the only one.");
        }
        return new CronClock(terms.cron(), terms.timeZone()).next(clock.instant())
                .orElseThrow(() -> new ScheduleRefusedException("cron", "\"" + terms.cron() + "\" never comes."));
    }

    private static void required(String field, String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest) {
            throw new ScheduleRefusedException(field, "A text of 1 to " + longest + " characters is needed.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<ScheduleEntity> entity(EntityManager em, String store, String id) {
        return Optional.ofNullable(em.find(ScheduleEntity.class, new ScheduleEntity.Key(store, id)));
    }
}
