package io.kontor.recommend.ranker;

import io.kontor.api.job.JobContext;
import io.kontor.bundles.tribuo.WatchedSteps;
import java.util.Arrays;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.Tensor;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Learns a machine by Tribuo's stochastic gradient descent on the log loss, with step sizes by AdaGrad (Duchi, Hazan and Singer, Adaptive
 * subgradient methods for online learning and stochastic optimization, 2011), and takes its numbers out, as asking Tribuo would cost a map of
 * names for each candidate.
 */
final class Teaching {

    private static final String CHOSEN = "chosen";
    private static final String OTHER = "other";
    private static final double STEP = 0.1;
    private static final double VARIANCE = 0.1;
    private static final int UNTOLD = -1;

    private final long seed;
    private final int factors;
    private final int rounds;
    private final JobContext job;

    Teaching(long seed, int factors, int rounds, JobContext job) {
        this.seed = seed;
        this.factors = factors;
        this.rounds = rounds;
        this.job = job;
    }

    Machine learn(Examples examples, int inputs) {
        return machine(model(examples), inputs);
    }

    FMClassificationModel model(Examples examples) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("candidates", labels), labels);
        Label[] kinds = {new Label(OTHER), new Label(CHOSEN)};
        for (int i = 0; i < examples.size(); i++) {
            data.add(example(examples.active(i), kinds[examples.chosen(i) ? 1 : 0]));
        }
        return new FMClassificationTrainer(new LogMulticlass(), new WatchedSteps(STEP, job, (long) rounds * examples.size()), rounds, UNTOLD,
                1, seed, factors, VARIANCE).train(data);
    }

    static ArrayExample<Label> example(int[] active, Label label) {
        String[] names = new String[active.length];
        double[] ones = new double[active.length];
        Arrays.fill(ones, 1);
        Arrays.setAll(names, i -> Integer.toString(active[i]));
        return new ArrayExample<>(label, names, ones);
    }

    /** The numbers by input; those of inputs that no example had are 0. */
    private Machine machine(FMClassificationModel model, int inputs) {
        int chosen = model.getOutputIDInfo().getID(new Label(CHOSEN));
        int other = model.getOutputIDInfo().getID(new Label(OTHER));
        DenseMatrix linear = model.getLinearWeightsCopy();
        Tensor[] vectors = model.getFactorsCopy();
        double[] weights = new double[inputs];
        double[] factored = new double[inputs * 2 * factors];
        for (int input = 0; input < inputs; input++) {
            int id = model.getFeatureIDMap().getID(Integer.toString(input));
            if (id >= 0) {
                weights[input] = linear.get(chosen, id) - linear.get(other, id);
                for (int f = 0; f < factors; f++) {
                    factored[input * 2 * factors + f] = ((DenseMatrix) vectors[chosen]).get(f, id);
                    factored[(input * 2 + 1) * factors + f] = ((DenseMatrix) vectors[other]).get(f, id);
                }
            }
        }
        return new Machine(2 * factors, model.getBiasesCopy().get(chosen) - model.getBiasesCopy().get(other), weights, factored);
    }
}
