package io.kontor.platform.rest.internal.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.rest.internal.metrics.Exposition.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final Exposition out = new Exposition();

    @Test
    void writesWhatAReaderOfTheFormatUnderstands() {
        out.family("a_total", Type.COUNTER, "Things.\nOf both kinds.").sample(3, "kind", "round", "x", "").sample(4.5, "kind", "flat");
        out.family("b", Type.GAUGE, "Empty.");
        out.family("c", Type.GAUGE, "A number.").sample(Double.NaN);
        Map<String, Double> samples = ExpositionParser.parse(out.text());
        assertEquals(Map.of("a_total{kind=\"round\",x=\"\"}", 3.0, "a_total{kind=\"flat\"}", 4.5, "c", Double.NaN), samples);
    }

    @Test
    void escapesQuotesBackslashesAndLineEnds() {
        out.family("a", Type.GAUGE, "Odd.").sample(1, "name", "say \"no\" to C:\\new\nlines");
        assertEquals(1, ExpositionParser.parse(out.text()).get("a{name=\"say \\\"no\\\" to C:\\\\new\\nlines\"}"));
    }

    @Test
    void addsTheBucketsOfAHistogramUp() {
        out.family("h", Type.HISTOGRAM, "Times.").histogram(new double[] {0.5, 1}, new long[] {2, 0, 3}, 7.25, "of", "x");
        assertEquals(Map.of("h_bucket{of=\"x\",le=\"0.5\"}", 2.0, "h_bucket{of=\"x\",le=\"1\"}", 2.0, "h_bucket{of=\"x\",le=\"+Inf\"}", 5.0,
                "h_sum{of=\"x\"}", 7.25, "h_count{of=\"x\"}", 5.0), ExpositionParser.parse(out.text()));
    }

    @Test
    void refusesAMetricThatWasWrittenAlready() {
        out.family("a", Type.GAUGE, "Once.");
        assertThrows(IllegalStateException.class, () -> out.family("a", Type.GAUGE, "Twice."));
    }

    @Test
    void tellsOfTheJavaMachine() {
        JvmMetrics.write(out);
        Map<String, Double> samples = ExpositionParser.parse(out.text());
        assertTrue(samples.get("jvm_memory_used_bytes{area=\"heap\"}") > 0);
        assertTrue(samples.get("jvm_threads_current") >= 1);
        assertTrue(samples.keySet().stream().anyMatch(name -> name.startsWith("jvm_gc_collections_total")));
    }
}
