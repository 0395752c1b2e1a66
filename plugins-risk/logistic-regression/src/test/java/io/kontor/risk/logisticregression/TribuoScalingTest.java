package io.kontor.risk.logisticregression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.api.feature.Earlier;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.FittedFeatures;
import io.kontor.api.feature.Fitting;
import io.kontor.api.feature.Row;
import io.kontor.api.feature.Scaling;
import io.kontor.api.feature.StoreRows;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tribuo.transform.TransformStatistics;
import org.tribuo.transform.Transformation;
import org.tribuo.transform.Transformer;
import org.tribuo.transform.transformations.IDFTransformation;
import org.tribuo.transform.transformations.LinearScalingTransformation;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/** The features' scaling against Tribuo's transformations, which work on examples of named values and therefore are not served from. */
class TribuoScalingTest {

    private static final int ROWS = 2_000;

    private final SampleStore store = new SampleStore(Locale.ENGLISH);

    private void rows(FeatureSet set, Consumer<Row> each) {
        StoreRows.each(store.snapshot(), Entity.TRANSACTIONS, set.columns(), each);
    }

    private FittedFeatures fitted(FeatureSet set) {
        Fitting fitting = new Fitting(set, ZoneOffset.UTC);
        rows(set, row -> fitting.encode(row, Earlier.NONE));
        return fitting.fitted();
    }

    private static Map<String, Object> row(int i, String column, Object value) {
        return Map.of("id", "t" + i, "time", Instant.EPOCH.plusSeconds(i), "amount", 1.0, column, value);
    }

    private void equal(Scaling scaling, Transformation theirs) {
        Random random = new Random(7);
        for (int i = 0; i < ROWS; i++) {
            store.add(Entity.TRANSACTIONS, row(i, "attr.x", 1_000 + 50 * random.nextGaussian()));
        }
        FeatureSet set = new FeatureSet(List.of(new Feature.Numeric("attr.x", scaling)));
        TransformStatistics statistics = theirs.createStats();
        rows(set, row -> statistics.observeValue(row.number(0)));
        Transformer transformer = statistics.generateTransformer();
        FittedFeatures ours = fitted(set);
        rows(set, row -> assertEquals(transformer.transform(row.number(0)), ours.values(row, Earlier.NONE)[0], 1e-12));
    }

    @Test
    void standardScalingIsTribuosMeanAndDeviation() {
        equal(Scaling.STANDARD, new MeanStdDevTransformation());
    }

    @Test
    void scalingToTheEndsIsTribuosLinearScaling() {
        equal(Scaling.MIN_MAX, new LinearScalingTransformation(0, 1));
    }

    @Test
    void weightsOfWordsAreTribuosInverseDocumentFrequency() {
        String[] words = {"late", "parcel", "refund", "blue"};
        Random random = new Random(8);
        for (int i = 0; i < ROWS; i++) {
            StringBuilder note = new StringBuilder();
            for (int word = 0; word < random.nextInt(9); word++) {
                note.append(words[Math.min(random.nextInt(words.length), random.nextInt(words.length))]).append(' ');
            }
            store.add(Entity.TRANSACTIONS, row(i, "attr.note", note + "."));
        }
        int buckets = 256;
        FeatureSet set = new FeatureSet(List.of(new Feature.Text("attr.note", buckets, 1)));
        FittedFeatures ours = fitted(set);
        for (String word : words) {
            TransformStatistics statistics = new IDFTransformation().createStats();
            rows(set, row -> {
                if (count(row.text(0), word) > 0) {
                    statistics.observeValue(count(row.text(0), word));
                } else {
                    statistics.observeSparse();
                }
            });
            Transformer transformer = statistics.generateTransformer();
            int[] bucket = {-1};
            rows(set, row -> {
                if (row.text(0).equals(word + " .")) {
                    double[] values = ours.unscaled(row, Earlier.NONE);
                    for (int b = 0; b < buckets; b++) {
                        bucket[0] = values[b] > 0 ? b : bucket[0];
                    }
                }
            });
            rows(set, row -> {
                int count = count(row.text(0), word);
                assertEquals(count == 0 ? 0 : transformer.transform(count), ours.values(row, Earlier.NONE)[bucket[0]], 1e-12, word);
            });
        }
    }

    private static int count(String note, String word) {
        int count = 0;
        for (int at = note.indexOf(word); at >= 0; at = note.indexOf(word, at + 1)) {
            count++;
        }
        return count;
    }
}
