package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.model.Trainer;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A member of an ensemble's model: its bytes, and the object that its plugin has read from them. The object is of a class of the plugin's
 * bundle; when the bundle was changed, another one is read from the bytes, beside the requests. Safe for use by several threads.
 */
final class KeptMember implements TrainedMember {

    /** What a plugin must be to be asked as a member; a family can have others, such as policies of replenishment. */
    static final List<Class<?>> KINDS = List.of(Recommender.class, TrainedRecommender.class, Forecaster.class, TrainedForecaster.class,
            RiskScorer.class, TrainedRiskScorer.class);

    /** Questions that wait for an answer at once, after which a member is not asked. */
    private static final int MOST_WAITING = 32;

    private final Key key;
    private final String version;
    private final byte[] bytes;
    private final Supplier<Object> own;
    private final ActivePlugins active;
    private final MemberThreads threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Object model;
    private volatile ClassLoader home;
    private volatile ClassLoader unreadable;

    /**
     * A member that has just learned.
     *
     * @param key plugin and store
     * @param version of the bundle that has learned
     * @param bytes what it has written; none when it does not learn
     * @param model what it has learned; null when it does not learn
     * @param own the instance that has learned; null from when it is closed on
     * @param active the instances that answer then
     * @param threads reads models beside the requests
     */
    KeptMember(Key key, String version, byte[] bytes, Object model, Supplier<Object> own, ActivePlugins active, MemberThreads threads) {
        this.key = key;
        this.version = version;
        this.bytes = bytes;
        this.model = model;
        this.own = own;
        this.active = active;
        this.threads = threads;
        Object service = own.get();
        this.home = service == null ? null : service.getClass().getClassLoader();
    }

    /** A member whose bytes were kept; reads them at once if its plugin is there. */
    static KeptMember of(Key key, String version, byte[] bytes, ActivePlugins active, MemberThreads threads) {
        KeptMember member = new KeptMember(key, version, bytes, null, () -> null, active, threads);
        active.instance(key.store(), key.plugin()).flatMap(PluginInstance::lease).ifPresent(lease -> {
            try (lease) {
                member.read(lease.service());
            }
        });
        return member;
    }

    @Override
    public String plugin() {
        return key.plugin();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Recommender recommender() {
        return request -> asked((service, learned) -> service instanceof TrainedRecommender<?> trained
                ? ((TrainedRecommender<Object>) trained).recommend(learned, request) : of(service, Recommender.class).recommend(request));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Forecaster forecaster() {
        return request -> asked((service, learned) -> service instanceof TrainedForecaster<?> trained
                ? ((TrainedForecaster<Object>) trained).forecast(learned, request) : of(service, Forecaster.class).forecast(request));
    }

    @Override
    @SuppressWarnings("unchecked")
    public RiskScorer riskScorer(boolean briefly) {
        return request -> asked((service, learned) -> {
            if (service instanceof TrainedRiskScorer<?> trained) {
                TrainedRiskScorer<Object> scorer = (TrainedRiskScorer<Object>) trained;
                return briefly ? scorer.assessBriefly(learned, request) : scorer.assess(learned, request);
            }
            return of(service, RiskScorer.class).assess(request);
        });
    }

    private <S> S of(Object service, Class<S> type) {
        if (type.isInstance(service)) {
            return type.cast(service);
        }
        throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " is no " + type.getSimpleName() + ".");
    }

    /** Asks an instance with what it has learned. */
    @FunctionalInterface
    private interface Question<T> {
        T of(Object service, Object model);
    }

    private <T> T asked(Question<T> question) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw new KontorException(Kind.CAPACITY, "Plugin " + key.plugin() + " has not answered " + MOST_WAITING + " questions yet.");
        }
        try {
            Object service = own.get();
            return service != null ? answer(service, question) : live(instance -> answer(instance, question));
        } finally {
            waiting.decrementAndGet();
        }
    }

    private <T> T live(Function<Object, T> call) {
        PluginInstance.Lease lease = active.instance(key.store(), key.plugin()).flatMap(PluginInstance::lease).orElseThrow(() ->
                new KontorException(Kind.CONFIGURATION, "Plugin " + key.plugin() + " is not enabled for store " + key.store() + "."));
        try (lease) {
            return call.apply(lease.service());
        }
    }

    private <T> T answer(Object service, Question<T> question) {
        ClassLoader loader = service.getClass().getClassLoader();
        if (bytes.length > 0 && home != loader) {
            if (unreadable == loader) {
                throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " cannot read what it has learned.");
            }
            readLater();
            throw new KontorException(Kind.CAPACITY, "The model of plugin " + key.plugin() + " is being read.");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            T answer = question.of(service, model);
            if (answer == null) {
                throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " gave no answer.");
            }
            return answer;
        } catch (CancellationException | KontorException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " failed as a member of an ensemble for store " + key.store()
                    + ": " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void readLater() {
        if (reading.compareAndSet(false, true)) {
            threads.execute(() -> {
                try {
                    live(service -> {
                        read(service);
                        return true;
                    });
                } finally {
                    reading.set(false);
                }
            });
        }
    }

    /** What this version of the plugin cannot read stays unread, and the member without an answer. */
    private void read(Object service) {
        if (!(service instanceof Trainer<?> trainer)) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(service.getClass().getClassLoader());
        try {
            model = trainer.read(new ByteArrayInputStream(bytes));
            home = service.getClass().getClassLoader();
        } catch (IOException | RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            unreadable = service.getClass().getClassLoader();
            threads.unreadable(key, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
