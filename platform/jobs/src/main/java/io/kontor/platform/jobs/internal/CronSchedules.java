package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Schedule;
import io.kontor.platform.jobs.ScheduleRefusedException;
import io.kontor.platform.jobs.Schedules;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.Stores;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits jobs by cron expressions. When a schedule's alarm rings, one transaction moves the schedule on and inserts the job, so that a time
 * that rings twice is served once.
 */
@Component(immediate = true, service = {Schedules.class, CronSchedules.class})
public final class CronSchedules implements Schedules {

    /** How late a job may come, and how often an idle node asks the database. */
    static final Duration POLL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CronSchedules.class);
    /** How often to look whether a bundle that is away has come back. */
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final Database database;
    private final JobQueue queue;
    private final TaskOffers offers;
    private final Clock clock;
    private final DeclaredSchedules declared;
    private final Alarms alarms;
    private final CatchingUp catchingUp;

    /**
     * Starts with what the database has. Returns before that is read.
     *
     * @param database where schedules are kept
     * @param queue where jobs go
     * @param activations knows what is enabled
     * @param catalogue knows what plugins can do
     * @param stores knows the stores' time zones
     */
    @Activate
    public CronSchedules(@Reference Database database, @Reference JobQueue queue, @Reference Activations activations,
            @Reference PluginCatalogue catalogue, @Reference Stores stores) {
        this(database, queue, new EnabledTasks(activations, catalogue, stores), Clock.systemUTC(), POLL);
    }

    CronSchedules(Database database, JobQueue queue, TaskOffers offers, Clock clock, Duration poll) {
        this.database = database;
        this.queue = queue;
        this.offers = offers;
        this.clock = clock;
        this.declared = new DeclaredSchedules(database, offers, clock);
        this.alarms = new Alarms(database, UUID.randomUUID().toString(), clock, poll, this::ring);
        this.catchingUp = new CatchingUp(this::begin, declared::followAll);
    }

    /** The alarms need their table, which is there as soon as a transaction is possible. */
    private void begin() {
        database.transaction(em -> null);
        alarms.start();
    }

    /** Ends the threads. */
    @Deactivate
    public void stop() {
        catchingUp.stop();
        alarms.stop();
    }

    /** Bundles or stores have changed: brings all that is declared up to date, in a while. */
    void catchUp() {
        catchingUp.soon();
    }

    /** A plugin was enabled or changed. */
    void enabled(String store, String plugin) {
        declared.follow(store, plugin);
    }

    /** A plugin was disabled. */
    void disabled(String store, String plugin) {
        declared.forget(store, plugin);
    }

    /** A store was deleted. */
    void deleted(String store) {
        database.transaction(em -> {
            em.createQuery("select s from ScheduleEntity s where s.store = :store", ScheduleEntity.class).setParameter("store", store)
                    .getResultList().forEach(schedule -> DeclaredSchedules.remove(em, schedule));
            return null;
        });
    }

    @Override
    public List<Schedule> list(String store, Locale locale) {
        ScheduleWords words = new ScheduleWords(offers, locale);
        return database.transaction(em -> {
            List<ScheduleEntity> schedules = em.createQuery(
                    "select s from ScheduleEntity s where s.store = :store and s.removed = false order by s.id", ScheduleEntity.class)
                    .setParameter("store", store).getResultList();
            List<String> jobs = schedules.stream().map(schedule -> schedule.lastJob).filter(Objects::nonNull).toList();
            if (!jobs.isEmpty()) {
                // Loads them in one statement; each is found in memory afterwards.
                em.createQuery("select j from JobEntity j where j.id in :ids", JobEntity.class).setParameter("ids", jobs).getResultList();
            }
            return schedules.stream().map(schedule -> words.describe(schedule, lastState(em, schedule))).toList();
        });
    }

    @Override
    public Optional<Schedule> find(String store, String id, Locale locale) {
        ScheduleWords words = new ScheduleWords(offers, locale);
        return database.transaction(em -> entity(em, store, id, LockModeType.NONE)
                .map(schedule -> words.describe(schedule, lastState(em, schedule))));
    }

    @Override
    public Schedule put(String store, String id, Schedule.Terms terms, Locale locale) {
        ScheduleTerms.checkId(id);
        String zone = Optional.ofNullable(terms.timeZone()).or(() -> offers.timeZone(store).map(ZoneId::getId))
                .orElseThrow(() -> new ScheduleRefusedException("timeZone", "There is no store \"" + store + "\"."));
        Schedule.Terms complete = new Schedule.Terms(terms.plugin(), terms.task(), terms.cron(), zone, terms.enabled());
        Instant next = ScheduleTerms.next(complete, clock.instant());
        ScheduleWords words = new ScheduleWords(offers, locale);
        return database.transaction(em -> {
            Optional<ScheduleEntity> known = Optional.ofNullable(em.find(ScheduleEntity.class, new ScheduleEntity.Key(store, id),
                    LockModeType.PESSIMISTIC_WRITE));
            if (known.filter(one -> one.plugin.equals(complete.plugin()) && one.task.equals(complete.task())).isEmpty()) {
                ScheduleTerms.checkOffered(store, complete, offers);
            }
            ScheduleEntity schedule = known.orElseGet(() -> new ScheduleEntity(store, id));
            schedule.set(complete, next);
            schedule.own = true;
            Alarms.set(em, schedule);
            if (known.isEmpty()) {
                em.persist(schedule);
            }
            return words.describe(schedule, lastState(em, schedule));
        });
    }

    @Override
    public Optional<String> run(String store, String id, Starter by) {
        Optional<String> job = database.transaction(em -> entity(em, store, id, LockModeType.PESSIMISTIC_WRITE).map(schedule -> {
            if (lastState(em, schedule) == Job.State.QUEUED) {
                return schedule.lastJob;
            }
            PluginTask task = offer(schedule).orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION,
                    new ScheduleWords(offers, Locale.ENGLISH).waiting(schedule).orElseThrow()));
            return submit(em, schedule, task, by);
        }));
        queue.wake();
        return job;
    }

    @Override
    public boolean delete(String store, String id) {
        return database.transaction(em -> entity(em, store, id, LockModeType.PESSIMISTIC_WRITE).map(schedule -> {
            boolean comesAgain = id.equals(DeclaredSchedules.id(schedule.plugin, schedule.task))
                    && offers.enabled(store, schedule.plugin);
            if (comesAgain) {
                Alarms.clear(em, schedule);
                schedule.own = true;
                schedule.removed = true;
                schedule.nextRun = null;
            } else {
                DeclaredSchedules.remove(em, schedule);
            }
            return true;
        }).orElse(false));
    }

    /** An alarm rings: serves the time that has come, if it has. */
    Optional<Instant> ring(String alarm) {
        Optional<Instant> next = database.transaction(em -> em.createQuery("select s from ScheduleEntity s where s.alarm = :alarm",
                ScheduleEntity.class).setParameter("alarm", alarm).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst()
                .flatMap(schedule -> schedule.nextRun.isAfter(now()) ? Optional.of(schedule.nextRun) : serve(em, schedule)));
        queue.wake();
        return next;
    }

    private Optional<Instant> serve(EntityManager em, ScheduleEntity schedule) {
        Optional<PluginTask> task = offer(schedule);
        if (task.isEmpty() && offers.enabled(schedule.store, schedule.plugin)) {
            return Optional.of(now().plus(WAIT));
        }
        schedule.nextRun = new CronClock(schedule.cron, schedule.timeZone).next(now()).orElse(null);
        if (task.isPresent() && lastState(em, schedule) != Job.State.QUEUED) {
            String job = submit(em, schedule, task.get(), new Starter(Starter.Kind.SCHEDULE, schedule.id));
            LOG.info("Schedule {} of store {} submitted job {}; the next time is {}", schedule.id, schedule.store, job, schedule.nextRun);
        }
        return Optional.ofNullable(schedule.nextRun);
    }

    private String submit(EntityManager em, ScheduleEntity schedule, PluginTask task, Starter by) {
        JobRequest request = TaskRequests.of(schedule.store, schedule.plugin, task);
        schedule.lastJob = queue.enqueue(em, request.by(by));
        schedule.lastRun = now();
        return schedule.lastJob;
    }

    private Optional<PluginTask> offer(ScheduleEntity schedule) {
        return offers.find(schedule.store, schedule.plugin, Locale.ENGLISH).flatMap(offer -> offer.task(schedule.task));
    }

    private static Optional<ScheduleEntity> entity(EntityManager em, String store, String id, LockModeType lock) {
        return Optional.ofNullable(em.find(ScheduleEntity.class, new ScheduleEntity.Key(store, id), lock)).filter(one -> !one.removed);
    }

    private static Job.State lastState(EntityManager em, ScheduleEntity schedule) {
        JobEntity job = schedule.lastJob == null ? null : em.find(JobEntity.class, schedule.lastJob);
        return job == null ? null : job.state;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
