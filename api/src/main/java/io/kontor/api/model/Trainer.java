package io.kontor.api.model;

import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.LeakSuspect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Learns a model from a store's data and can write it down. A part of the trained SPI of each family; not registered on its own.
 *
 * <p>The model is a value of the plugin's own type. It must be immutable and safe for use by many threads: the platform keeps one live
 * model per plugin and store, passes it to every call, and swaps it atomically when a newer one is promoted. Models should hold no
 * personal data: a person's history comes with each request.
 *
 * @param <M> the model's type
 */
@ConsumerType
public interface Trainer<M> {

    /**
     * Learns a model. Called in a job, on a thread of its own, several times in one run (on a part of the data to judge the method, then on
     * all of it), possibly at once for different stores. What is chosen by trials should be asked of {@link Training#findings()}, so that an
     * ensemble's training searches it once. May take long; must call {@link io.kontor.api.job.JobContext#checkCancelled()} now and then. The
     * same data, settings, seed and findings must give the same model, bit for bit.
     *
     * @param training the data, the seed, the job and the findings
     * @return the model
     * @throws io.kontor.api.KontorException of kind DATA, with a sentence naming what is missing, when there is too little data
     * @throws Exception any other failure; the run fails and the champion stays
     */
    M train(Training training) throws Exception;

    /**
     * Writes a model. The platform stores the bytes with a checksum; compress what gains from it.
     *
     * @param model what {@link #train} or {@link #read} gave
     * @param out where to; need not be closed; buffered
     * @throws IOException when writing fails
     */
    void write(M model, OutputStream out) throws IOException;

    /**
     * Reads what {@link #write} wrote, also what an earlier version of the plugin wrote; called before the first request and off the
     * request's thread.
     *
     * @param in the bytes; need not be closed; buffered
     * @return an equal model: it gives the same answers
     * @throws IOException when the bytes cannot be understood
     */
    M read(InputStream in) throws IOException;

    /**
     * What a model looks at, for its provenance. Called off the request's thread, once a training.
     *
     * @param model what {@link #train} or {@link #read} gave
     * @return the definitions, or empty when the plugin does not describe its inputs as features
     */
    default Optional<FeatureSet> features(M model) {
        return Optional.empty();
    }

    /**
     * Which of the features that a model was trained on are suspected leaks, to be told where the model is judged. Called as
     * {@link #features} is.
     *
     * @param model what {@link #train} or {@link #read} gave
     * @return what {@link io.kontor.api.feature.Fitting#suspects} found; empty when nothing was looked for
     */
    default List<LeakSuspect> suspects(M model) {
        return List.of();
    }
}
