package io.kontor.recommend.twotower;

import io.kontor.api.choice.Choices;
import io.kontor.api.model.Training;
import io.kontor.bundles.descent.Epochs;
import io.kontor.bundles.descent.Sequences;
import java.util.Arrays;
import java.util.SplittableRandom;

/** One training. For one thread. */
final class TowerTraining implements Epochs.Learner<Towers>, AutoCloseable {

    private static final int LENGTH = 50;
    private static final int PATIENCE = 10;

    private final Training training;
    private final Shelf shelf;
    private final float rate;
    private final Examples examples;
    private final TowerNetwork network;

    private TowerTraining(Training training, Shelf shelf, Sequences sequences, TwoTower.Settings settings) {
        this.training = training;
        this.shelf = shelf;
        rate = (float) settings.learningRate();
        SplittableRandom random = new SplittableRandom(training.seed());
        examples = new Examples(sequences, shelf.items().size(), random);
        network = new TowerNetwork(settings.dimension(), shelf.chosen(), shelf.traits().names().length, shelf.of(), random);
    }

    /**
     * Learns.
     *
     * @param training the records
     * @param settings the settings
     * @return the model
     */
    static TowerModel learn(Training training, TwoTower.Settings settings) {
        Choices choices = Choices.read(training, 0);
        Sequences sequences = Sequences.inAnyOrder(choices, LENGTH, training.seed());
        Shelf shelf = Shelf.of(training, choices.items());
        try (TowerTraining learner = new TowerTraining(training, shelf, sequences, settings)) {
            Towers towers = new Epochs<Towers>(settings.epochs(), PATIENCE, sequences, training.job()).best(learner);
            return new TowerModel(shelf.items(), choices.counting(), towers);
        }
    }

    @Override
    public double epoch() {
        return examples.each(batch -> {
            training.job().checkCancelled();
            return network.learn(rate, batch);
        });
    }

    @Override
    public Towers model() {
        return new Towers(network.weights(), shelf.of());
    }

    @Override
    public float[] scores(Towers model, int[] chosen) {
        int[] latest = Arrays.copyOfRange(chosen, Math.max(0, chosen.length - LENGTH), chosen.length);
        float[] shares = new float[latest.length];
        Arrays.fill(shares, 1);
        return model.scores(model.customer(latest, shares));
    }

    @Override
    public void close() {
        network.close();
    }
}
