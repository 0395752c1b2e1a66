package io.kontor.platform.models.internal;

import io.kontor.api.ensemble.Member;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.model.Training;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations.Trial;
import java.util.Map;
import java.util.TreeMap;

/** A plugin in the training of an ensemble. For one thread. */
final class OpenMember implements Member {

    private final Key key;
    private final Trial trial;
    private final ActivePlugins active;
    private final MemberThreads threads;
    private boolean open = true;

    OpenMember(Key key, Trial trial, ActivePlugins active, MemberThreads threads) {
        this.key = key;
        this.trial = trial;
        this.active = active;
        this.threads = threads;
    }

    @Override
    public String plugin() {
        return key.plugin();
    }

    @Override
    public String version() {
        return trial.version().toString();
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> known = new TreeMap<>(trial.settings());
        known.values().removeIf("***"::equals);
        return known;
    }

    @Override
    public TrainedMember train(Training training) {
        return train(Contestant.judgedOnly(key, trial), training);
    }

    private <M> TrainedMember train(Contestant<M> contestant, Training training) {
        M model = contestant.learns() ? contestant.train(training) : null;
        byte[] bytes = contestant.learns() ? contestant.bytes(model) : new byte[0];
        return new KeptMember(key, version(), bytes, model, () -> open ? trial.service() : null, active, threads);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            trial.close();
        }
    }
}
