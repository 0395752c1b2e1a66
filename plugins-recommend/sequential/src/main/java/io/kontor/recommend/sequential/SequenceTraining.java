package io.kontor.recommend.sequential;

import io.kontor.api.choice.Choices;
import io.kontor.api.job.JobContext;
import io.kontor.bundles.descent.Epochs;
import io.kontor.bundles.descent.Sequences;
import java.util.SplittableRandom;

/** One training. For one thread. */
final class SequenceTraining implements Epochs.Learner<Encoder>, AutoCloseable {

    private static final int MOST_STEPS = 1_024;
    private static final int FEWEST_STEPS = 128;
    private static final int BATCHES = 40;
    private static final int ALL_PRODUCTS = 6_000;
    private static final int SAMPLE = 2_048;
    private static final int PATIENCE = 5;

    private final Sequences sequences;
    private final JobContext job;
    private final Shape shape;
    private final float rate;
    private final SplittableRandom random;
    private final Network network;

    private SequenceTraining(Sequences sequences, JobContext job, Shape shape, Sequential.Settings settings, long seed) {
        this.sequences = sequences;
        this.job = job;
        this.shape = shape;
        rate = (float) settings.learningRate();
        random = new SplittableRandom(seed);
        int sample = shape.products() <= ALL_PRODUCTS ? shape.products() : SAMPLE;
        network = new Network(shape, (float) settings.dropout(), sample, random);
    }

    /**
     * Learns.
     *
     * @param choices who chose what
     * @param settings the settings
     * @param seed the only source of randomness
     * @param job hears of each epoch
     * @return the model
     */
    static SequenceModel learn(Choices choices, Sequential.Settings settings, long seed, JobContext job) {
        Sequences sequences = Sequences.of(choices, settings.length(), seed);
        Shape shape = new Shape(choices.items().size(), settings.dimension(), settings.length(), settings.blocks());
        try (SequenceTraining training = new SequenceTraining(sequences, job, shape, settings, seed)) {
            Encoder encoder = new Epochs<Encoder>(settings.epochs(), PATIENCE, sequences, job).best(training);
            return new SequenceModel(choices.items(), choices.counting(), encoder);
        }
    }

    @Override
    public double epoch() {
        double loss = 0;
        for (int[][] batch : sequences.batches(Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, sequences.steps() / BATCHES)), random)) {
            job.checkCancelled();
            int steps = 0;
            for (int[] window : batch) {
                steps += window.length - 1;
            }
            loss += (double) steps * network.learn(rate, batch);
        }
        return loss / sequences.steps();
    }

    @Override
    public Encoder model() {
        return new Encoder(shape, network.weights());
    }

    @Override
    public float[] scores(Encoder model, int[] chosen) {
        return model.scores(model.encode(chosen));
    }

    @Override
    public void close() {
        network.close();
    }
}
