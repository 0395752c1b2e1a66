package io.kontor.platform.admin.internal.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the pages say of how good a model is. */
class MetricTest {

    private static final Visit ENGLISH = Visits.of(Role.VIEWER);

    private static ModelVersion model(int number, Map<String, Double> metrics, Map<String, Double> baseline, boolean higher) {
        String primary = metrics.keySet().iterator().next();
        SnapshotInfo snapshot = new SnapshotInfo(Instant.EPOCH, Instant.EPOCH, 1, "hash");
        Provenance provenance = new Provenance("p", "1.0.0", snapshot, Map.of(), 1, Instant.EPOCH);
        return new ModelVersion("m" + number, "shop", number, Set.of(), Instant.EPOCH, new Evaluation(metrics, primary, higher, 10),
                baseline == null ? null : new Evaluation(baseline, primary, higher, 10), null, Map.of(), provenance, 1, "sum");
    }

    private static Map<String, Double> metrics(Object... namesAndValues) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        }
        return metrics;
    }

    @Test
    void saysWhichMetricsBeatTheBaselineByTheirOwnDirection() {
        List<Metric> found = Metric.of(ENGLISH, model(1, metrics("mase", 0.8, "bias", -0.05, "coverage90", 0.97, "wape", 0.5),
                metrics("mase", 1.0, "bias", 0.2, "coverage90", 0.88, "wape", 0.5), false), null);
        assertEquals(List.of("better", "better", "worse", "equal"), found.stream().map(Metric::verdict).toList());
        assertEquals(List.of("good", "good", "bad", ""), found.stream().map(Metric::tone).toList());
        assertTrue(found.get(0).main());
    }

    @Test
    void namesMetricsOfListsWithTheirLength() {
        Metric metric = Metric.of(ENGLISH, model(1, metrics("ndcg@10", 0.31), null, true), null).get(0);
        assertEquals("Ranking quality (NDCG) at 10", metric.label());
        assertEquals("Higher is better.", metric.direction());
        assertEquals("", metric.verdict(), "nothing to compare with");
        Visit chinese = Visits.of(Role.VIEWER, Locale.SIMPLIFIED_CHINESE, Map.of());
        assertEquals("排序质量（NDCG）（前 10 项）", Metric.label(chinese, "ndcg@10"));
    }

    @Test
    void takesTheDirectionOfAnUnknownMainMetricFromItsEvaluation() {
        List<Metric> found = Metric.of(ENGLISH, model(1, metrics("regret", 2.0, "other", 1.0), metrics("regret", 3.0, "other", 2.0), false),
                null);
        assertEquals("better", found.get(0).verdict());
        assertEquals("regret", found.get(0).label());
        assertEquals("", found.get(1).verdict(), "nobody knows which values of it are good");
    }

    @Test
    void tellsTheRecallOfListsFromThatOfVerdicts() {
        assertEquals("Recall at 20", Metric.label(ENGLISH, "recall@20"));
        assertEquals("Frauds found", Metric.label(ENGLISH, "recall"));
        assertEquals("Frauds in the riskiest 0.1%", Metric.label(ENGLISH, "recall@0.1%"));
    }

    @Test
    void putsTheServingModelBeside() {
        ModelVersion champion = model(1, metrics("mase", 0.9), null, false);
        assertEquals("0.9", Metric.of(ENGLISH, model(2, metrics("mase", 0.8), null, false), champion).get(0).champion());
        assertEquals("–", Metric.of(ENGLISH, model(2, metrics("mase", 0.8), null, false), null).get(0).champion());
    }
}
