package io.kontor.platform.jobs.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * Rings once in the cluster when the time of a schedule has come. db-scheduler picks what is due in the table {@code job_alarm}, on one node
 * of several, and takes up what a dead node had picked. The table knows times only: an alarm may ring twice or late, and what it means is
 * read from the schedule, in the transaction that also submits the job.
 */
final class Alarms {

    private static final String TASK = "schedule";
    private static final String TABLE = "job_alarm";
    private static final int THREADS = 2;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MISSED_HEARTBEATS = 4;

    private final Clock clock;
    private final Bell bell;
    private final Scheduler scheduler;

    /** What is done when an alarm rings. */
    interface Bell {

        /**
         * The time of a schedule has perhaps come.
         *
         * @param alarm the alarm that was set for the schedule
         * @return when to ring again; empty for never
         */
        Optional<Instant> ring(String alarm);
    }

    /**
     * Silent alarms.
     *
     * @param database where the table is, as soon as they are started
     * @param node names this process
     * @param poll how often to look what is due
     */
    Alarms(Database database, String node, Clock clock, Duration poll, Bell bell) {
        this.clock = clock;
        this.bell = bell;
        Task<Void> task = Tasks.custom(TASK, Void.class).onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecution(this::ringNow).execute((instance, context) -> ring(instance.getId()));
        scheduler = new SchedulerBuilder(database.dataSource(), List.of(task)).tableName(TABLE).jdbcCustomization(dialect(database))
                .schedulerName(new SchedulerName.Fixed(node)).clock(clock::instant).pollingInterval(poll)
                .heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(RETRY).threads(THREADS)
                .executorService(Executors.newFixedThreadPool(THREADS, new NamedThreads("kontor-alarm-")))
                .dueExecutor(Executors.newSingleThreadExecutor(new NamedThreads("kontor-alarms-due-")))
                .housekeeperExecutor(Executors.newScheduledThreadPool(1, new NamedThreads("kontor-alarms-dead-"))).build();
    }

    private static JdbcCustomization dialect(Database database) {
        return database.kind() == Database.Kind.POSTGRESQL ? new PostgreSqlJdbcCustomization(false, false)
                : new DefaultJdbcCustomization(false);
    }

    void start() {
        scheduler.start();
    }

    /** Ends the threads; nothing rings any more on this node. */
    void stop() {
        scheduler.stop();
    }

    /** Sets a new alarm for the next run of a schedule, in the transaction that writes the schedule. */
    static void set(EntityManager em, ScheduleEntity schedule) {
        clear(em, schedule);
        if (schedule.nextRun != null) {
            schedule.alarm = UUID.randomUUID().toString();
            statement(em, "insert into job_alarm (task_name, task_instance, execution_time, picked, version) values (?, ?, ?, false, 1)",
                    schedule).setParameter(3, schedule.nextRun).executeUpdate();
        }
    }

    /** Takes the alarm of a schedule away, in the transaction that writes or removes the schedule. One that is ringing goes by itself. */
    static void clear(EntityManager em, ScheduleEntity schedule) {
        if (schedule.alarm != null) {
            statement(em, "delete from job_alarm where task_name = ? and task_instance = ? and picked = false", schedule).executeUpdate();
            schedule.alarm = null;
        }
    }

    /** Does not write first what else has changed, which would look through thousands of schedules for each. */
    private static Query statement(EntityManager em, String sql, ScheduleEntity schedule) {
        return em.createNativeQuery(sql).setFlushMode(FlushModeType.COMMIT).setParameter(1, TASK).setParameter(2, schedule.alarm);
    }

    private CompletionHandler<Void> ring(String alarm) {
        return bell.ring(alarm).<CompletionHandler<Void>>map(time -> (complete, operations) -> operations.reschedule(complete, time))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    /** The node that had picked it is dead; whether the schedule was served before, the schedule knows. */
    private void ringNow(ExecutionComplete dead, ExecutionOperations<Void> operations) {
        operations.reschedule(dead, clock.instant());
    }
}
