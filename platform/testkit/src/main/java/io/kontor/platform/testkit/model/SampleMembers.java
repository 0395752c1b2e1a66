package io.kontor.platform.testkit.model;

import io.kontor.api.KontorException;
import io.kontor.api.ensemble.Member;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.model.Trainer;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.TrainedRiskScorer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Members of an ensemble without a server: plugins by their ids, which can be taken away and come back. Safe for use by several threads. */
public final class SampleMembers implements Members {

    private static final String VERSION = "1.0.0";

    private final Map<String, Object> plugins = new ConcurrentHashMap<>();

    /** Nobody is enabled yet. */
    public SampleMembers() {
    }

    /**
     * Enables a plugin.
     *
     * @param id its id
     * @param plugin its service object
     * @return this
     */
    public SampleMembers with(String id, Object plugin) {
        plugins.put(id, plugin);
        return this;
    }

    /**
     * Disables a plugin.
     *
     * @param id its id
     */
    public void remove(String id) {
        plugins.remove(id);
    }

    @Override
    public List<String> of(String family) {
        return List.copyOf(new TreeMap<>(plugins).keySet());
    }

    @Override
    public Member open(String plugin) {
        Object service = service(plugin);
        return new Member() {

            @Override
            public String plugin() {
                return plugin;
            }

            @Override
            public String version() {
                return VERSION;
            }

            @Override
            public Map<String, Object> settings() {
                return Map.of();
            }

            @Override
            public TrainedMember train(Training training) {
                return service instanceof Trainer<?> trainer ? learned(plugin, trainer, training) : new Kept(plugin, null, new byte[0]);
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    private <M> TrainedMember learned(String plugin, Trainer<M> trainer, Training training) {
        try {
            M model = trainer.train(training);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            trainer.write(model, bytes);
            return new Kept(plugin, model, bytes.toByteArray());
        } catch (KontorException e) {
            throw e;
        } catch (Exception e) {
            throw new KontorException(KontorException.Kind.PLUGIN, plugin + " failed: " + e, e);
        }
    }

    @Override
    public TrainedMember read(String plugin, String version, byte[] bytes) {
        return new Kept(plugin, null, bytes);
    }

    @Override
    public <T> List<Optional<T>> ask(List<? extends Callable<? extends T>> questions) {
        List<Optional<T>> answers = new ArrayList<>();
        for (Callable<? extends T> question : questions) {
            try {
                answers.add(Optional.of(question.call()));
            } catch (Exception e) {
                answers.add(Optional.empty());
            }
        }
        return answers;
    }

    private Object service(String plugin) {
        return Optional.ofNullable(plugins.get(plugin)).orElseThrow(() -> new KontorException(KontorException.Kind.CONFIGURATION,
                "Plugin " + plugin + " is not enabled."));
    }

    /** A member with what it has learned, read when it is first asked. */
    private final class Kept implements TrainedMember {

        private final String plugin;
        private final byte[] bytes;
        private Object model;

        Kept(String plugin, Object model, byte[] bytes) {
            this.plugin = plugin;
            this.model = model;
            this.bytes = bytes;
        }

        private synchronized Object model(Object service) {
            if (model == null && service instanceof Trainer<?> trainer) {
                try {
                    model = trainer.read(new ByteArrayInputStream(bytes));
                } catch (IOException e) {
                    throw new KontorException(KontorException.Kind.PLUGIN, plugin + " cannot read its model.", e);
                }
            }
            return model;
        }

        @Override
        public String plugin() {
            return plugin;
        }

        @Override
        public String version() {
            return VERSION;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Recommender recommender() {
            return request -> service(plugin) instanceof TrainedRecommender<?> trained
                    ? ((TrainedRecommender<Object>) trained).recommend(model(trained), request)
                    : ((Recommender) service(plugin)).recommend(request);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Forecaster forecaster() {
            return request -> service(plugin) instanceof TrainedForecaster<?> trained
                    ? ((TrainedForecaster<Object>) trained).forecast(model(trained), request)
                    : ((Forecaster) service(plugin)).forecast(request);
        }

        @Override
        @SuppressWarnings("unchecked")
        public RiskScorer riskScorer(boolean briefly) {
            return request -> service(plugin) instanceof TrainedRiskScorer<?> trained
                    ? ((TrainedRiskScorer<Object>) trained).assess(model(trained), request) : ((RiskScorer) service(plugin)).assess(request);
        }
    }
}
