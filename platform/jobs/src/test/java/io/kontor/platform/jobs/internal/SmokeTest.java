package io.kontor.platform.jobs.internal;

import io.kontor.platform.jobs.*;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmokeTest {
    @Test
    void smoke(@TempDir Path dir) throws Exception {
        try (PlainDatabase db = new PlainDatabase("jdbc:h2:file:" + dir.resolve("k"), "sa", "", true)) {
            PooledJobs jobs = new PooledJobs(db);
            jobs.addHandler((id, r, c) -> { c.progress(.5, "half"); c.log("hello"); return Map.of("begun", System.nanoTime()); }, Map.of(JobHandler.TYPE, "t"));
            for (int i = 0; i < 30; i++) {
                long t = System.nanoTime();
                String id = jobs.submit(new JobRequest("t", "s", "p", Map.of("a", 1), "k"));
                long t1 = System.nanoTime();
                Job j = jobs.await(id, Duration.ofSeconds(20)).get();
                System.out.println((t1 - t) / 1e6 + " submit, begin after " + ((Long) j.result().get("begun") - t1) / 1e6 + " await " + (System.nanoTime() - t) / 1e6);
                if (i == 29) { System.out.println(j + " " + jobs.log(id)); }
            }
            jobs.stop();
        }
    }
}
