package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Entity;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.risk.randomforest.FraudModel;
import io.kontor.risk.randomforest.RandomForest;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.FullyWeightedVotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * What the random forest costs, in processor time and in this process, beside Tribuo's own forest trainer and its own prediction on the same
 * rows of 28 numbers. Tribuo grows few trees, as its time grows with the square of the rows; its time is told for as many as the plugin's.
 * Arguments: optionally the number of rows (5000).
 */
final class ForestTimes implements Main.Benchmark {

    private static final int TREES = 100;
    private static final int TREES_OF_TRIBUO = 5;
    private static final int INPUTS = 28;
    private static final int ROUNDS = 5;
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    private final SampleStore store = new SampleStore(Locale.ENGLISH);
    private final List<RiskRequest> requests = new ArrayList<>();
    private final List<Example<Label>> examples = new ArrayList<>();

    @Override
    public void run(List<String> arguments) {
        TRIBUO.setLevel(Level.WARNING);
        int rows = arguments.isEmpty() ? 5_000 : Integer.parseInt(arguments.get(0));
        fill(rows);
        RandomForest plugin = new RandomForest(settings(), store);
        plugin.train(store.training(1));
        double begin = seconds();
        FraudModel model = plugin.train(store.training(1));
        double trained = seconds() - begin;
        Model<Label> tribuo = tribuo(TREES_OF_TRIBUO);
        begin = seconds();
        tribuo(TREES_OF_TRIBUO);
        double trainedByTribuo = (seconds() - begin) * TREES / TREES_OF_TRIBUO;
        Figures.print("%d rows of %d numbers, %d trees: trained in %.2f s of processor time; Tribuo's trainer %.1f s (from %d trees),"
                + " %.0f times", rows, INPUTS, TREES, trained, trainedByTribuo, TREES_OF_TRIBUO, trainedByTribuo / trained);
        double assessed = 0;
        double predicted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            begin = seconds();
            double sum = 0;
            for (RiskRequest request : requests) {
                sum += plugin.assess(model, request).score();
            }
            assessed = (seconds() - begin) * 1e6 / rows;
            begin = seconds();
            for (RiskRequest request : requests) {
                sum += plugin.assessBriefly(model, request).score();
            }
            double brief = (seconds() - begin) * 1e6 / rows;
            begin = seconds();
            for (Example<Label> example : examples) {
                sum += tribuo.predict(example).getOutputScores().get("fraud").getScore();
            }
            predicted = (seconds() - begin) * 1e6 / rows * TREES / TREES_OF_TRIBUO;
            Figures.print("assessment alone %.1f us of processor time, with Shapley values and reasons %.1f us; Tribuo's prediction alone"
                    + " %.1f us, %.1f times (mean score %.3f)", brief, assessed, predicted, predicted / brief, sum / rows / 3);
        }
    }

    private void fill(int rows) {
        Random random = new Random(1);
        for (int i = 0; i < rows; i++) {
            boolean fraud = random.nextInt(20) == 0;
            Map<String, Object> attributes = new HashMap<>();
            String[] names = new String[INPUTS];
            double[] values = new double[INPUTS];
            for (int f = 0; f < INPUTS; f++) {
                names[f] = String.format(Locale.ROOT, "v%02d", f);
                values[f] = random.nextGaussian() + (fraud && f % 4 == 0 ? 1 : 0);
                attributes.put(names[f], values[f]);
            }
            Instant time = BEGIN.plusSeconds(60L * i);
            Map<String, Object> row = new HashMap<>(Map.of("id", "t" + i, "time", time, "amount", 10.0,
                    "label", fraud ? "fraud" : "legitimate"));
            attributes.forEach((name, value) -> row.put("attr." + name, value));
            store.add(Entity.TRANSACTIONS, row);
            requests.add(new RiskRequest(new Transaction("t" + i, time, 10, "", "", "", "", "", "", "", "", "", "", attributes), List.of()));
            examples.add(new ArrayExample<>(new Label(fraud ? "fraud" : "legitimate"), names, values));
        }
    }

    private Model<Label> tribuo(int trees) {
        LabelFactory labels = new LabelFactory();
        MutableDataset<Label> data = new MutableDataset<>(new SimpleDataSourceProvenance("rows", labels), labels);
        examples.forEach(data::add);
        CARTClassificationTrainer tree = new CARTClassificationTrainer(20, (float) (Math.sqrt(INPUTS) / INPUTS), 1);
        return new RandomForestTrainer<>(tree, new FullyWeightedVotingCombiner(), trees, 1).train(data);
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private static RandomForest.Settings settings() {
        return new RandomForest.Settings() {

            @Override
            public double reviewFrom() {
                return 0.2;
            }

            @Override
            public double declineFrom() {
                return 0.8;
            }

            @Override
            public int trees() {
                return TREES;
            }

            @Override
            public int rows() {
                return 40_000;
            }

            @Override
            public String size() {
                return "full";
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return RandomForest.Settings.class;
            }
        };
    }
}
