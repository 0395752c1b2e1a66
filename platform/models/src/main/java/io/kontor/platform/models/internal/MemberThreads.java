package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the members of ensembles at once, and leaves out who is late. Safe for use by several threads. */
final class MemberThreads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberThreads.class);
    private static final Duration DEADLINE = Duration.ofMillis(300);
    /** What is left of the guard's deadline has to do for the ensemble itself. */
    private static final double SHARE = 0.6;

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kontor-member-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final long nanos;

    /**
     * Threads.
     *
     * @param deadline in how many milliseconds the guard wants an answer; null for its default
     */
    MemberThreads(String deadline) {
        nanos = (long) (SHARE * (deadline == null ? DEADLINE : Duration.ofMillis(Long.parseLong(deadline))).toNanos());
    }

    void execute(Runnable work) {
        threads.execute(work);
    }

    <T> List<Optional<T>> ask(List<? extends Callable<? extends T>> questions) {
        return LimitedRun.working() ? oneAfterTheOther(questions) : atOnce(questions);
    }

    private static <T> List<Optional<T>> oneAfterTheOther(List<? extends Callable<? extends T>> questions) {
        List<Optional<T>> answers = new ArrayList<>(questions.size());
        for (Callable<? extends T> question : questions) {
            try {
                answers.add(Optional.of(question.call()));
            } catch (KontorException e) {
                LOG.debug("A member of an ensemble is left out", e);
                answers.add(Optional.empty());
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new KontorException(KontorException.Kind.PLUGIN, "A member of an ensemble failed: " + e, e);
            }
        }
        return answers;
    }

    private <T> List<Optional<T>> atOnce(List<? extends Callable<? extends T>> questions) {
        long until = System.nanoTime() + nanos;
        List<Future<? extends T>> asked = new ArrayList<>(questions.size());
        for (Callable<? extends T> question : questions) {
            asked.add(threads.submit(question));
        }
        List<Optional<T>> answers = new ArrayList<>(questions.size());
        try {
            for (Future<? extends T> one : asked) {
                answers.add(answer(one, until));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            while (answers.size() < questions.size()) {
                answers.add(Optional.empty());
            }
        } finally {
            asked.forEach(one -> one.cancel(true));
        }
        return answers;
    }

    private static <T> Optional<T> answer(Future<? extends T> asked, long until) throws InterruptedException {
        try {
            return Optional.of(asked.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            LOG.debug("A member of an ensemble is left out", e.getCause());
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    void unreadable(Key key, Throwable cause) {
        LOG.warn("Plugin {} cannot read what it has learned as a member of an ensemble of store {}; train the ensemble again", key.plugin(),
                key.store(), cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
