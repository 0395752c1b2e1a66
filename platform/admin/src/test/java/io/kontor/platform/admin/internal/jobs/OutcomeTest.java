package io.kontor.platform.admin.internal.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs and what came of them, in words. */
class OutcomeTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Rendering operator = new Rendering(Role.OPERATOR, Locale.ENGLISH);

    private static Job job(String type, Job.State state, Map<String, Object> result, String error) {
        return new Job("j1", type, "shop", "io.kontor.recommend.item-knn", state, 0.4, "Learning", NOON, NOON.plusSeconds(1),
                state.ended() ? NOON.plusSeconds(76) : null, result, error, null);
    }

    @Test
    void anImportLeadsToTheQuarantineOfItsRecords() {
        Outcome outcome = Outcome.of(operator.visit(), job("import", Job.State.SUCCEEDED, Map.of("read", 1200, "stored", 1198, "duplicates", 1,
                "quarantined", 1, "entity", "orders", "dryRun", false,
                "issues", List.of(Map.of("line", 7, "field", "quantity", "reason", "quantity must be a number"))), null));
        assertEquals(List.of("1,200", "1,198", "1", "1"), outcome.figures().stream().map(Outcome.Figure::value).toList());
        assertEquals(List.of(new Outcome.Issue("7", "quantity", "quantity must be a number")), outcome.issues());
        assertEquals("/admin/stores/shop/quarantine?entity=orders", outcome.next().href());
        assertEquals("Order lines: 1,200 rows read, 1,198 stored, 1 put aside", outcome.summary());
        assertEquals("warn", outcome.tone());
    }

    @Test
    void anImportOfPicturesNamesTheFilesThatWereNotTaken() {
        Job job = job("pictures", Job.State.SUCCEEDED, Map.of("stored", 20, "refused", 1, "problems",
                List.of(Map.of("name", "a/readme.txt", "reason", "The picture is damaged."))), null);
        Outcome outcome = Outcome.of(operator.visit(), job);
        assertEquals("Pictures kept: 20. Files not taken: 1.", outcome.summary());
        assertEquals("/admin/stores/shop/data/pictures", outcome.next().href());
        String page = operator.html("jobs/outcome", outcome);
        assertTrue(page.contains("Files that cannot be taken (1 shown)") && page.contains(">a/readme.txt<"), page);
        assertFalse(page.contains(">Line<"), page);
    }

    @Test
    void aTrainingStandsBesideItsBaseline() {
        Outcome outcome = Outcome.of(operator.visit(), job("train", Job.State.SUCCEEDED, Map.of("model", "m1", "promoted", true,
                "reason", "Better.", "metrics", Map.of("ndcg@10", 0.31234, "auc", 0.9), "baseline", Map.of("ndcg@10", 0.2)), null));
        assertEquals("0.3123", outcome.metrics().get(1).value());
        assertEquals("0.2", outcome.metrics().get(1).baseline());
        assertEquals("–", outcome.metrics().get(0).baseline());
        assertTrue(outcome.verdict().endsWith("Better."), outcome.verdict());
        assertEquals("good", outcome.tone());
    }

    @Test
    void resultsOfUnknownWorkAreReadNameByName() {
        Outcome outcome = Outcome.of(operator.visit(), job("anything", Job.State.SUCCEEDED, Map.of("rowsWritten", 12.5), null));
        assertEquals(List.of(new Outcome.Figure("Rows written", "12.5", "")), outcome.figures());
    }

    @Test
    void aPageAsksAgainOnlyWhileTheJobRunsAndOnlyOperatorsMayCancel() {
        String running = operator.html("jobs/live", view(job("train", Job.State.RUNNING, null, null)));
        assertTrue(running.contains("hx-trigger=\"every 1s\"") && running.contains("aria-valuenow=\"40\"")
                && running.contains("/cancel"), running);
        String viewed = new Rendering(Role.VIEWER, Locale.ENGLISH).html("jobs/live", view(job("train", Job.State.RUNNING, null, null)));
        assertFalse(viewed.contains("/cancel"), viewed);
        String failed = operator.html("jobs/live", view(job("train", Job.State.FAILED, null, "No <b>data</b>.")));
        assertFalse(failed.contains("hx-get") || failed.contains("/cancel"), failed);
        assertTrue(failed.contains("No &lt;b&gt;data&lt;/b&gt;.") && failed.contains("1:15 min"), failed);
    }

    private JobPages.JobView view(Job job) {
        JobLine line = new JobLine(job, "Training", "Similar products", "The shop", "ann", job.error() == null ? "Learning" : job.error(),
                "/admin/stores/shop/jobs/j1");
        return new JobPages.JobView(line, LogLine.of(operator.visit(), List.of("2026-03-01T12:00:05.123Z 3 of 9 done", "without a time")), null,
                "/admin/stores/shop/jobs/j1");
    }

    @Test
    void logLinesBeginWithTheTimeOfDay() {
        assertEquals(List.of(new LogLine("12:00:05", "3 of 9 done"), new LogLine("", "without a time")),
                LogLine.of(operator.visit(), List.of("2026-03-01T12:00:05.123Z 3 of 9 done", "without a time")));
    }
}
