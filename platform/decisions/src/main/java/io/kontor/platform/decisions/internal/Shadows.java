package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.store.Store;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.decisions.ShadowComparison;
import io.kontor.platform.decisions.internal.ShadowTable.Cell;
import io.kontor.platform.decisions.internal.ShadowTable.Pair;
import io.kontor.platform.decisions.internal.ShadowTable.Sample;
import io.kontor.platform.decisions.internal.ShadowTable.Sum;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.StoreListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks shadows, one sample after the other on one thread, so that they take at most one core from those who answer. A request puts its sample
 * into a queue and goes on; when the queue is full the sample is left out.
 */
@Component(service = {Shadows.class, ShadowComparison.class, PersonalData.class, StoreListener.class})
public final class Shadows implements CallObserver, ShadowComparison, PersonalData, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final int MOST_WAITING = 256;
    private static final int MOST_CELLS = 2_000;
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);
    private static final Duration WRITES_EVERY = Duration.ofSeconds(2);
    private static final Duration CLEANS_EVERY = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double HUNDRED = 100;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int LONGEST_ANSWER = 100_000;

    private final ShadowTable table;
    private final LiveModels models;
    private final Guard guard;
    private final ActivePlugins plugins;
    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread thread = new Thread(this::run, "kontor-shadow");
    private final Map<Cell, Sum> cells = new HashMap<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile boolean stopped;

    /** Stands in the queue behind samples whose writing somebody waits for. */
    private record Mark(CountDownLatch reached) {
    }

    /** A sample: what the champion was asked and answered. */
    private record Sampled<A>(Called<A> call, Pair pair) {
    }

    /**
     * Starts asking.
     *
     * @param database keeps the differences
     * @param models has the shadows
     * @param guard calls them
     * @param plugins tells a plugin's family
     * @param pseudonyms stand for the customers
     */
    @Activate
    public Shadows(@Reference Database database, @Reference LiveModels models, @Reference Guard guard, @Reference ActivePlugins plugins,
            @Reference Pseudonyms pseudonyms) {
        this.table = new ShadowTable(database, new LoggedNames(pseudonyms));
        this.models = models;
        this.guard = guard;
        this.plugins = plugins;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public <A> void called(Called<A> call) {
        Release release = models.release(call.instance().store(), call.instance().plugin());
        if (release.shadow().isEmpty() || call.value() == null || release.champion().isEmpty()
                || !release.champion().get().id().equals(call.model()) || release.shadow().get().id().equals(call.model())
                || ThreadLocalRandom.current().nextDouble(HUNDRED) >= release.policy().shadowPercent()) {
            return;
        }
        Pair pair = new Pair(call.instance().store(), call.instance().plugin(), call.model(), release.shadow().get().id());
        if (stopped || !waiting.offer(new Sampled<>(call, pair))) {
            leftOut.incrementAndGet();
        }
    }

    private void run() {
        long written = System.nanoTime();
        long cleaned = System.nanoTime() - CLEANS_EVERY.toNanos();
        while (!stopped || !waiting.isEmpty()) {
            try {
                Object next = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (next instanceof Sampled<?> sampled && !stopped) {
                    compare(sampled);
                }
                boolean asked = next instanceof Mark;
                if (asked || cells.size() > MOST_CELLS || System.nanoTime() - written > WRITES_EVERY.toNanos()) {
                    written = System.nanoTime();
                    write();
                }
                if (next instanceof Mark mark) {
                    mark.reached.countDown();
                }
                if (System.nanoTime() - cleaned > CLEANS_EVERY.toNanos()) {
                    cleaned = System.nanoTime();
                    table.removeBefore(Instant.now().minus(KEPT));
                }
            } catch (InterruptedException e) {
                stopped = true;
            } catch (RuntimeException e) {
                LOG.warn("A comparison with a shadow failed; the next ones go on", e);
            }
        }
        write();
    }

    private <A> void compare(Sampled<A> sampled) {
        Called<A> call = sampled.call();
        long begun = System.nanoTime();
        long until = begun + TIME_TO_ANSWER.toNanos();
        Turn turn = new Turn(call.instance(), models, until, ModelRegistry.SHADOW);
        Guard.Result<A> result = guard.call(call.instance(), Lane.SHADOW, until, plugin -> call.asked().ask(plugin, turn));
        long nanos = System.nanoTime() - begun;
        if (turn.modelId().isPresent() && !turn.modelId().get().equals(sampled.pair().shadow())) {
            return;
        }
        if (result instanceof Guard.Result.Answered<A> answered) {
            call.asked().differences(call.value(), answered.value()).forEach((measure, value) -> count(sampled.pair(), measure, value, value));
            latency(sampled.pair(), Measure.CHAMPION_MILLIS, call.nanos());
            latency(sampled.pair(), Measure.SHADOW_MILLIS, nanos);
            count(sampled.pair(), Measure.FAILED, 0, 0);
            sample(sampled, answered.value());
        } else if (result instanceof Guard.Result.Failed<A>) {
            count(sampled.pair(), Measure.FAILED, 1, 1);
        }
    }

    private void latency(Pair pair, Measure measure, long nanos) {
        double millis = nanos / NANOS_PER_MILLI;
        count(pair, measure, Math.log10(Math.max(millis, 1e-9)), millis);
    }

    private void count(Pair pair, Measure measure, double place, double value) {
        if (Double.isFinite(value)) {
            Cell cell = new Cell(pair, Instant.now().truncatedTo(ChronoUnit.HOURS), measure, measure.bin(place));
            cells.put(cell, cells.getOrDefault(cell, new Sum(0, 0)).and(value));
        }
    }

    private <A> void sample(Sampled<A> sampled, A answer) {
        byte[] champion = LogJson.writeBytes(sampled.call().value());
        byte[] shadow = LogJson.writeBytes(answer);
        if (champion.length <= LONGEST_ANSWER && shadow.length <= LONGEST_ANSWER) {
            samples.addLast(new Sample(sampled.pair(), Instant.now().truncatedTo(ChronoUnit.MILLIS), sampled.call().asked().subject(),
                    sampled.call().asked().customer(), champion, shadow));
            if (samples.size() > ShadowTable.EXAMPLES) {
                samples.removeFirst();
            }
        }
    }

    private void write() {
        if (cells.isEmpty()) {
            return;
        }
        try {
            table.add(cells, new ArrayList<>(samples));
        } catch (RuntimeException e) {
            LOG.debug("Differences of shadows are written once more", e);
            table.add(cells, new ArrayList<>(samples));
        } finally {
            cells.clear();
            samples.clear();
        }
    }

    private void awaitWritten() {
        Mark mark = new Mark(new CountDownLatch(1));
        try {
            if (!stopped && waiting.offer(mark, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                mark.reached.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Compared> of(String store, String plugin) {
        Release release = models.release(store, plugin);
        if (release.shadow().isEmpty() || release.champion().isEmpty()) {
            return Optional.empty();
        }
        awaitWritten();
        Pair pair = new Pair(store, plugin, release.champion().get().id(), release.shadow().get().id());
        Measure main = switch (plugins.instance(store, plugin).map(PluginInstance::family).orElse("")) {
            case Family.INVENTORY -> Measure.MEAN_PERCENT;
            case Family.PRICING -> Measure.DEMAND_PERCENT;
            case Family.RISK -> Measure.SCORE;
            default -> Measure.RANK_BIASED_OVERLAP;
        };
        return Optional.of(new Compared(pair.champion(), pair.shadow(), main, table.spreads(pair), table.hours(pair, main),
                table.examples(pair), leftOut.get()));
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        awaitWritten();
        return table.erase(connection, store, customer);
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        awaitWritten();
        return table.export(connection, store, customer);
    }

    @Override
    public String name() {
        return "shadowSamples";
    }

    @Override
    public void present(Store store) {
        // a store begins without samples
    }

    @Override
    public void deleted(Store store) {
        awaitWritten();
        table.removeStore(store.id());
    }

    /** Writes what was compared. */
    @Deactivate
    void close() {
        stopped = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
