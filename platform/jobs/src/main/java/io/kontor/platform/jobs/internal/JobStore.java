package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs in the database. Every change of a state names the state (and the attempt) it starts from, so that of several nodes that try one
 * does it. Safe for use by several threads.
 */
final class JobStore {

    /** Ended jobs are kept at least so long. */
    static final Duration KEPT = Duration.ofDays(90);

    /** So many of the latest jobs are kept however old they are. */
    static final int KEPT_JOBS = 1_000;

    /** A job during which the server died so often is not tried again: it may be what kills it. */
    static final int DEATHS = 10;

    private static final String FROM_RUNNING = " where j.id = :id and j.attempt = :attempt and j.state = RUNNING";

    private final Database database;
    private final Clock clock;
    private final String node;
    private final TimeOrderedIds ids;

    /** The oldest queued job of a store that could be run. */
    record Candidate(String id, String store) {
    }

    /** What became of a request to cancel. */
    enum Cancelling {
        /** The job was queued and has ended. */
        DONE,
        /** The job runs and is to be told. */
        ASKED,
        /** There is no such job, or it had ended. */
        TOO_LATE
    }

    /** A job that this or another node is said to run. */
    record Claim(String id, int attempt, String node, boolean cancelRequested) {
    }

    JobStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
        this.node = ids.next();
    }

    String node() {
        return node;
    }

    Job insert(JobRequest request) {
        return database.transaction(em -> insert(em, request));
    }

    Job insert(EntityManager em, JobRequest request) {
        JobEntity entity = new JobEntity(ids.next(), request, now());
        em.persist(entity);
        return entity.job();
    }

    Optional<Job> find(String id) {
        return database.transaction(em -> Optional.ofNullable(em.find(JobEntity.class, id)).map(JobEntity::job));
    }

    List<Job> find(Collection<String> jobs) {
        return database.transaction(em -> em.createQuery("select j from JobEntity j where j.id in :ids", JobEntity.class)
                .setParameter("ids", jobs).getResultStream().map(JobEntity::job).toList());
    }

    List<Job> list(String store, Job.State state, String before, int limit) {
        String query = "select j from JobEntity j where 1 = 1" + (store == null ? "" : " and j.store = :store")
                + (state == null ? "" : " and j.state = :state") + (before == null ? "" : " and j.id < :before") + " order by j.id desc";
        return database.transaction(em -> {
            TypedQuery<JobEntity> select = em.createQuery(query, JobEntity.class).setMaxResults(limit);
            if (store != null) {
                select.setParameter("store", store);
            }
            if (state != null) {
                select.setParameter("state", state);
            }
            if (before != null) {
                select.setParameter("before", before);
            }
            return select.getResultStream().map(JobEntity::job).toList();
        });
    }

    Map<Job.State, Long> counts() {
        Map<Job.State, Long> counts = new EnumMap<>(Job.State.class);
        for (Job.State state : Job.State.values()) {
            counts.put(state, 0L);
        }
        database.transaction(em -> em.createQuery("select j.state, count(j) from JobEntity j group by j.state", Object[].class)
                .getResultList()).forEach(row -> counts.put((Job.State) row[0], (Long) row[1]));
        return counts;
    }

    /** Of each store the oldest queued job of these types whose exclusive key is free and that is the first of its key. */
    List<Candidate> candidates(Collection<String> types) {
        return database.transaction(em -> em.createQuery("""
                select min(j.id), j.store from JobEntity j
                where j.state = QUEUED and j.type in :types
                and (j.exclusiveKey is null
                    or not exists (select 1 from JobEntity r where r.runningKey = j.exclusiveKey)
                    and not exists (select 1 from JobEntity o where o.exclusiveKey = j.exclusiveKey and o.state = QUEUED and o.id < j.id))
                group by j.store""", Object[].class).setParameter("types", types).getResultStream()
                .map(row -> new Candidate((String) row[0], (String) row[1])).toList());
    }

    /** Takes a queued job for this node; empty when another was faster or runs one of the same key. */
    Optional<JobEntity> claim(String id) {
        try {
            return database.transaction(em -> {
                int taken = em.createQuery("""
                        update JobEntity j set j.state = RUNNING, j.runningKey = j.exclusiveKey, j.node = :node, j.attempt = j.attempt + 1,
                        j.startedAt = :now, j.progress = 0, j.message = 'Started'
                        where j.id = :id and j.state = QUEUED""")
                        .setParameter("node", node).setParameter("now", now()).setParameter("id", id).executeUpdate();
                return taken == 0 ? Optional.empty() : Optional.of(em.find(JobEntity.class, id));
            });
        } catch (PersistenceException e) {
            if (violatesUniqueness(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    void progress(String id, int attempt, double progress, String message) {
        database.transaction(em -> em.createQuery("update JobEntity j set j.progress = :progress, j.message = :message" + FROM_RUNNING)
                .setParameter("progress", progress).setParameter("message", message).setParameter("id", id)
                .setParameter("attempt", attempt).executeUpdate());
    }

    /** Ends an attempt and its job; false when the job is no longer this attempt's. */
    boolean end(String id, int attempt, Job.State state, double progress, String message, String result, String error) {
        return 1 == database.transaction(em -> em.createQuery("""
                update JobEntity j set j.state = :state, j.runningKey = null, j.finishedAt = :now, j.progress = :progress,
                j.message = :message, j.result = :result, j.error = :error""" + FROM_RUNNING)
                .setParameter("state", state).setParameter("now", now()).setParameter("progress", progress)
                .setParameter("message", message).setParameter("result", result).setParameter("error", error)
                .setParameter("id", id).setParameter("attempt", attempt).executeUpdate());
    }

    /** Ends an attempt but not its job; false when the job is no longer this attempt's. */
    boolean requeue(String id, int attempt, String message, int deaths) {
        return 1 == database.transaction(em -> em.createQuery("""
                update JobEntity j set j.state = QUEUED, j.runningKey = null, j.node = null, j.startedAt = null, j.message = :message,
                j.deaths = j.deaths + :deaths""" + FROM_RUNNING)
                .setParameter("message", message).setParameter("deaths", deaths).setParameter("id", id)
                .setParameter("attempt", attempt).executeUpdate());
    }

    /** Changes the result of a job that succeeded, and its message unless that is null. */
    boolean amend(String id, String result, String message) {
        return 1 == database.transaction(em -> em.createQuery("update JobEntity j set j.result = :result, j.message = coalesce(:message, "
                + "j.message) where j.id = :id and j.state = SUCCEEDED")
                .setParameter("result", result).setParameter("message", message).setParameter("id", id).executeUpdate());
    }

    Cancelling cancel(String id) {
        return database.transaction(em -> {
            if (cancelQueued(em, id)) {
                return Cancelling.DONE;
            }
            int asked = em.createQuery("update JobEntity j set j.cancelRequested = true where j.id = :id and j.state = RUNNING")
                    .setParameter("id", id).executeUpdate();
            // Between the two statements it may have been given back to the queue.
            return asked == 1 ? Cancelling.ASKED : cancelQueued(em, id) ? Cancelling.DONE : Cancelling.TOO_LATE;
        });
    }

    private boolean cancelQueued(EntityManager em, String id) {
        return 1 == em.createQuery("""
                update JobEntity j set j.state = CANCELLED, j.finishedAt = :now, j.message = 'Cancelled before it began'
                where j.id = :id and j.state = QUEUED""").setParameter("now", now()).setParameter("id", id).executeUpdate();
    }

    /** The queued and running jobs of a store. */
    List<String> unfinished(String store) {
        return database.transaction(em -> em.createQuery(
                "select j.id from JobEntity j where j.store = :store and j.state in (QUEUED, RUNNING)", String.class)
                .setParameter("store", store).getResultList());
    }

    /** All jobs that are said to run, on whatever node. */
    List<Claim> claims() {
        return database.transaction(em -> em.createQuery(
                "select j.id, j.attempt, j.node, j.cancelRequested from JobEntity j where j.state = RUNNING", Object[].class)
                .getResultStream().map(row -> new Claim((String) row[0], (Integer) row[1], (String) row[2], (Boolean) row[3])).toList());
    }

    /** Gives a job whose node has died back to the queue, or ends it when that happened too often or it was to be cancelled. */
    Optional<Job> recover(Claim claim) {
        JobEntity entity = database.transaction(em -> em.find(JobEntity.class, claim.id()));
        if (entity == null || entity.attempt != claim.attempt()) {
            return Optional.empty();
        }
        boolean changed;
        if (entity.cancelRequested) {
            changed = end(claim.id(), claim.attempt(), Job.State.CANCELLED, entity.progress, "Cancelled", null, null);
        } else if (entity.deaths + 1 >= DEATHS) {
            changed = end(claim.id(), claim.attempt(), Job.State.FAILED, entity.progress, entity.message, null,
                    "The server stopped " + DEATHS + " times while this job ran; it is not tried again.");
        } else {
            changed = requeue(claim.id(), claim.attempt(), "Interrupted because the server died; will be taken up again", 1);
        }
        return changed ? find(claim.id()) : Optional.empty();
    }

    /** Removes jobs that ended long ago. */
    void prune() {
        database.transaction(em -> {
            List<String> oldestKept = em.createQuery("select j.id from JobEntity j order by j.id desc", String.class)
                    .setFirstResult(KEPT_JOBS - 1).setMaxResults(1).getResultList();
            return oldestKept.isEmpty() ? 0 : em.createQuery("delete from JobEntity j where j.id < :oldest and j.finishedAt < :before")
                    .setParameter("oldest", oldestKept.get(0)).setParameter("before", now().minus(KEPT)).executeUpdate();
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean violatesUniqueness(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }
}
