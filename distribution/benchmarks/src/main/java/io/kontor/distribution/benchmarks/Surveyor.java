package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.Map;

/** A third party's bundle with a task for each way of going through a store's interactions. */
final class Surveyor {

    static final String BUNDLE = "com.acme.surveyor";

    /** How the ids of its schedules begin; the task's id follows. */
    static final String SCHEDULE = "com-acme-surveyor-";

    private static final String PLUGIN = """
            package com.acme.surveyor;

            import io.kontor.api.plugin.Plugin;
            import io.kontor.api.recommend.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;

            @Plugin(family = "recommend")
            @Component(name = "com.acme.surveyor", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Surveyor implements Recommender {

                @Override
                public Ranking recommend(RecommendationRequest request) {
                    return new Ranking(List.of());
                }
            }
            """;

    private static final String SNAPSHOT = """
            package com.acme.surveyor;

            import io.kontor.api.data.*;
            import io.kontor.api.job.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;

            @Task(id = "snapshot", title = "Read everything in order", cron = "0 4 1 1 *", enabled = false)
            @Component(configurationPid = "com.acme.surveyor", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Reading implements ScheduledTask {

                @Reference
                private StoreData data;

                @Override
                public Map<String, Object> run(JobContext context) {
                    try (Snapshot snapshot = data.snapshot()) {
                        snapshot.interactions(batch -> context.checkCancelled());
                        return Map.of("rows", snapshot.info().rows(), "hash", snapshot.info().hash());
                    }
                }
            }
            """;

    private Surveyor() {
    }

    static byte[] bundle() {
        return BundleForge.bundle(BUNDLE, "1.0.0", Map.of("com.acme.surveyor.Surveyor", PLUGIN, "com.acme.surveyor.Reading", SNAPSHOT), Map.of());
    }
}
