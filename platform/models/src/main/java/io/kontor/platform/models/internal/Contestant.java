package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.ensemble.Blended;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Provenance;
import io.kontor.api.model.Trainer;
import io.kontor.api.model.Training;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.Activations.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * A plugin in a training run, with the settings it is run with. Every call into the plugin's code goes through here: with the plugin's class
 * loader as the thread's, and with failures turned into sentences that name the plugin.
 *
 * @param <M> the type of the plugin's model
 */
final class Contestant<M> {

    private final Key key;
    private final Trainer<M> trainer;
    private final Trial trial;

    /**
     * What was learned, and from what.
     *
     * @param model the plugin's object
     * @param read what was read
     * @param <M> the type of the plugin's model
     */
    record Learned<M>(M model, SnapshotInfo read) {
    }

    private Contestant(Key key, Trainer<M> trainer, Trial trial) {
        this.key = key;
        this.trainer = trainer;
        this.trial = trial;
    }

    /**
     * Takes a plugin into the run.
     *
     * @param key plugin and store
     * @param trial the instance; closed by the caller
     * @return the contestant
     * @throws KontorException of kind CONFIGURATION when the plugin does not learn
     */
    static Contestant<?> of(Key key, Trial trial) {
        if (trial.service() instanceof Trainer<?> trainer) {
            return of(key, trainer, trial);
        }
        throw new KontorException(Kind.CONFIGURATION, "Plugin " + key.plugin() + " needs no training; it answers without a model.");
    }

    /**
     * Takes a plugin into the run that is judged only, whether it learns or not.
     *
     * @param key plugin and store
     * @param trial the instance; closed by the caller
     * @return the contestant
     */
    static Contestant<?> judgedOnly(Key key, Trial trial) {
        return trial.service() instanceof Trainer<?> trainer ? of(key, trainer, trial) : new Contestant<>(key, null, trial);
    }

    private static <M> Contestant<M> of(Key key, Trainer<M> trainer, Trial trial) {
        return new Contestant<>(key, trainer, trial);
    }

    Key key() {
        return key;
    }

    Map<String, Object> settings() {
        return trial.settings();
    }

    /** Whether the plugin learns. */
    boolean learns() {
        return trainer != null;
    }

    String version() {
        return trial.version().toString();
    }

    /**
     * Trains on all rows of a view and notes what the plugin read.
     *
     * @param data a view that nobody else reads through
     * @param seed the source of randomness
     * @param job progress, log and cancel
     * @return the model and the fingerprint of what was read
     */
    Learned<M> learn(Snapshot data, long seed, JobContext job) {
        return new Learned<>(train(new Training(data, seed, job)), data.info());
    }

    M train(Training training) {
        M model = call("training", () -> trainer.train(training));
        if (model == null) {
            throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " gave no model.");
        }
        return model;
    }

    /**
     * Trains on the records before the held-out part, when the plugin learns, and is judged by it.
     *
     * @param holdout the held-out part
     * @param seed the source of randomness
     * @param training the training's part of the job
     * @param judging the judging's part of the job
     * @return how good the plugin is
     */
    FamilyEvaluation.Judgement compete(FamilyEvaluation.Holdout holdout, long seed, JobContext training, JobContext judging) {
        M model = trainer == null ? null : train(new Training(holdout.earlier(), seed, training));
        judging.checkCancelled();
        FamilyEvaluation.Judgement judgement = call("judging", () -> holdout.judge(trial.service(), model, judging));
        return trainer == null ? judgement : judgement.suspecting(call("naming suspected leaks", () -> trainer.suspects(model)));
    }

    /**
     * Writes a model and reads it back once, so that nothing is registered which cannot be loaded.
     *
     * @param files where to
     * @param id the model's id
     * @param model the model
     * @return size and checksum; the file is durable
     * @throws IOException when the disk fails
     */
    ArtifactFiles.Artifact write(ArtifactFiles files, String id, M model) throws IOException {
        boolean whole = false;
        try {
            ArtifactFiles.Artifact artifact = call("writing the model", () -> files.write(key, id, out -> trainer.write(model, out)));
            readBack(files, id, artifact);
            whole = true;
            return artifact;
        } finally {
            if (!whole) {
                files.delete(key, id);
            }
        }
    }

    /**
     * Reads a model once, so that nothing is registered which cannot be loaded.
     *
     * @param files where it is
     * @param id the model's id
     * @param artifact its checksum
     * @throws KontorException of kind PLUGIN when the plugin cannot read it
     */
    void readBack(ArtifactFiles files, String id, ArtifactFiles.Artifact artifact) {
        M back = call("reading its own model back", () -> {
            try (InputStream in = files.open(key, id, artifact.sha256())) {
                return trainer.read(in);
            }
        });
        if (back == null) {
            throw new KontorException(Kind.PLUGIN, "Plugin " + key.plugin() + " reads null from the model that it wrote.");
        }
    }

    /** A model as the plugin writes it. */
    byte[] bytes(M model) {
        return call("writing the model", () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            trainer.write(model, out);
            return out.toByteArray();
        });
    }

    Provenance provenance(Learned<M> learned, long seed, InstalledCode code) {
        List<MemberShare> members = learned.model() instanceof Blended blend ? call("telling its members", blend::shares) : List.of();
        return new Provenance(key.plugin(), version(), learned.read(), settings(), seed, Instant.now().truncatedTo(ChronoUnit.MILLIS),
                code.of(key.plugin(), trial.version()), members, call("telling its features", () -> trainer.features(learned.model())));
    }

    private <T> T call(String what, Callable<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(trial.service().getClass().getClassLoader());
        try {
            return work.call();
        } catch (CancellationException e) {
            throw e;
        } catch (KontorException e) {
            throw e.kind() == Kind.PLUGIN ? failure(what, e.getMessage(), e) : e;
        } catch (InterruptedException | ClosedByInterruptException e) {
            thread.interrupt();
            throw new CancellationException("interrupted at " + what);
        } catch (OutOfMemoryError e) {
            throw new KontorException(Kind.CAPACITY, "Plugin " + key.plugin() + " needs more memory for " + what + " than the server has.", e);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw failure(what, e.toString(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private KontorException failure(String what, String why, Throwable cause) {
        return new KontorException(Kind.PLUGIN,
                "Plugin " + key.plugin() + " failed at " + what + " for store " + key.store() + ": " + why, cause);
    }
}
