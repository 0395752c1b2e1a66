package io.kontor.platform.admin.internal.plugins;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Rendering;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

/** What the state of a plugin shows to whom. */
class StatusTest {

    private static final Version VERSION = Version.parseVersion("1.2.0");

    private static StatusView view(Job training) {
        Activation activation = new Activation("shop", "p", VERSION, Optional.empty(), Activation.State.WAITING, "Waiting: <script>.", Map.of());
        return new StatusView(new PluginEntry("p", "pricing", "A <plugin>", "", false, true, List.of(VERSION), activation,
                activation.reason(), null), training);
    }

    private static Job job(Job.State state, double progress, Map<String, Object> result, String error) {
        return new Job("j1", "train", "shop", "p", state, progress, "fitting", Instant.EPOCH, Instant.EPOCH, null, result, error, null);
    }

    @Test
    void aTrainingThatGoesOnAsksAgainAndShowsItsProgress() {
        String html = new Rendering(Role.ANALYST, Locale.ENGLISH).html("plugins/status", view(job(Job.State.RUNNING, 0.42, null, null)));
        assertTrue(html.contains("hx-get=\"/admin/stores/shop/plugins/p/status?job=j1\""), html);
        assertTrue(html.contains("aria-valuenow=\"42\"") && html.contains("fitting"), html);
        assertTrue(html.contains("<button class=\"button primary\" disabled>"), html);
    }

    @Test
    void aTrainingThatHasEndedAsksNoMoreAndShowsItsMetricsBesideTheBaseline() {
        String html = new Rendering(Role.ANALYST, Locale.ENGLISH).html("plugins/status", view(job(Job.State.SUCCEEDED, 1,
                Map.of("metrics", Map.of("mase", 0.8125), "baseline", Map.of("mase", 1.0), "promoted", true, "reason", "Better."), null)));
        assertFalse(html.contains("hx-get"), html);
        assertTrue(html.contains("0.8125") && html.contains("The new model serves now."), html);
    }

    @Test
    void whoMayNotTrainSeesNoButton() {
        assertFalse(new Rendering(Role.VIEWER, Locale.ENGLISH).html("plugins/status", view(null)).contains("<button"));
        assertTrue(new Rendering(Role.ANALYST, Locale.ENGLISH).html("plugins/status", view(null)).contains("<button"));
    }

    @Test
    void wordsOfPluginsAreNeverMarkup() {
        String html = new Rendering(Role.VIEWER, Locale.SIMPLIFIED_CHINESE).html("plugins/status",
                view(job(Job.State.FAILED, 0.1, null, "<script>alert(1)</script>")));
        assertFalse(html.contains("<script>"), html);
        assertTrue(html.contains("等待中"), html);
    }
}
