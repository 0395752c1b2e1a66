package io.kontor.recommend.ranker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.platform.testkit.data.SampleJob;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.fm.FMClassificationModel;

class MachineTest {

    private static final int INPUTS = 12;

    /** Three groups of four inputs; chosen is what has the first of two groups or of none. */
    private static Examples examples() {
        Random random = new Random(1);
        Examples examples = new Examples(1);
        for (int i = 0; i < 4_000; i++) {
            int[] active = {random.nextInt(4), 4 + random.nextInt(4), 8 + random.nextInt(4)};
            examples.add(active, active[0] == 0 == (active[1] == 4), i, "p" + i);
        }
        return examples;
    }

    @Test
    void hasTheLogOddsOfTribuosModel() {
        Examples examples = examples();
        FMClassificationModel model = new Teaching(3, 4, 5, new SampleJob()).model(examples);
        Machine machine = new Teaching(3, 4, 5, new SampleJob()).learn(examples, INPUTS);
        for (int a = 0; a < 4; a++) {
            for (int b = 4; b < 8; b++) {
                int[] active = {a, b, 9};
                Prediction<Label> said = model.predict(Teaching.example(active, new Label("chosen")));
                double chosen = said.getOutputScores().get("chosen").getScore();
                double other = said.getOutputScores().get("other").getScore();
                assertEquals(Math.log(chosen / other), machine.score(active), 1e-6);
            }
        }
    }

    @Test
    void itsPartsAddUp() {
        Machine machine = new Teaching(3, 4, 2, new SampleJob()).learn(examples(), INPUTS);
        int[] active = {0, 5, 9};
        double sum = machine.bias();
        for (double part : machine.parts(active)) {
            sum += part;
        }
        assertEquals(machine.score(active), sum, 1e-12);
    }
}
