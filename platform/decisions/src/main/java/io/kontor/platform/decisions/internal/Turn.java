package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Optional;

/** One plugin's turn to answer: what a call inside the guard may use. For the thread of the call. */
final class Turn {

    private static final long MARGIN_NANOS = Duration.ofMillis(2).toNanos();

    private final PluginInstance instance;
    private final LiveModels models;
    private final long until;
    private final String alias;
    private volatile String model;

    /**
     * A turn.
     *
     * @param instance whose
     * @param models its models
     * @param until when the answer must be there, in {@link System#nanoTime}
     * @param alias which of its models answers
     */
    Turn(PluginInstance instance, LiveModels models, long until, String alias) {
        this.alias = alias;
        this.instance = instance;
        this.models = models;
        this.until = until;
    }

    PluginInstance instance() {
        return instance;
    }

    /**
     * The plugin's model for this turn, which is named in the answer from then on.
     *
     * @param <M> the plugin's own type
     * @throws NotReadyException when there is none, or not soon enough
     */
    @SuppressWarnings("unchecked")
    <M> M model() {
        try {
            Duration patience = Duration.ofNanos(Math.max(0, until - MARGIN_NANOS - System.nanoTime()));
            LiveModels.Live live = (alias.equals(ModelRegistry.CHAMPION) ? models.champion(instance, patience)
                    : models.bearer(instance, alias, patience))
                    .orElseThrow(() -> new NotReadyException(NotReadyException.Cause.NO_MODEL, "has no model yet"));
            model = live.id();
            return (M) live.model();
        } catch (KontorException e) {
            throw new NotReadyException(e.kind() == KontorException.Kind.CAPACITY ? NotReadyException.Cause.LOADING
                    : NotReadyException.Cause.UNUSABLE, "could not be asked: " + e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    /** The id of the model that was asked for; empty when none was. */
    Optional<String> modelId() {
        return Optional.ofNullable(model);
    }
}
