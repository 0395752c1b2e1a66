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

    private static final String FEATURES = """
            package com.acme.surveyor;

            import io.kontor.api.data.*;
            import io.kontor.api.feature.*;
            import io.kontor.api.job.*;
            import java.time.Duration;
            import java.util.*;
            import org.osgi.service.component.annotations.*;

            @Task(id = "features", title = "Fit features to all events", cron = "0 5 1 1 *", enabled = false)
            @Component(configurationPid = "com.acme.surveyor", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Fitted implements ScheduledTask {

                private static final int KEPT = 500_000;
                private static final int LABELLED_EVERY = 10;

                private final FeatureSet set = new FeatureSet(List.of(new Feature.Category("type", Feature.Encoding.HASHED, 8),
                        new Feature.Category("productId", Feature.Encoding.TARGET, 1), new Feature.Clock(Feature.Part.HOUR, true),
                        new Feature.Clock(Feature.Part.WEEKDAY, true), aggregate(Feature.Stat.COUNT, "customerId", "", 1),
                        aggregate(Feature.Stat.COUNT, "customerId", "", 7), aggregate(Feature.Stat.DISTINCT, "customerId", "productId", 7),
                        aggregate(Feature.Stat.HOURS_SINCE_LAST, "customerId", "", 7), aggregate(Feature.Stat.COUNT, "sessionId", "", 1)));

                @Reference
                private StoreData data;

                private static Feature aggregate(Feature.Stat stat, String key, String column, int days) {
                    return new Feature.Aggregate(stat, key, column, Duration.ofDays(days), Scaling.STANDARD);
                }

                @Override
                public Map<String, Object> run(JobContext context) {
                    Fitting fitting = new Fitting(set, data.store().timeZone());
                    RollingRows earlier = new RollingRows(set, KEPT);
                    int type = set.columns().indexOf(new Column("type", Column.Type.TEXT));
                    long[] rows = {0};
                    try (Snapshot snapshot = data.snapshot()) {
                        StoreRows.each(snapshot, Entity.EVENTS, set.columns(), row -> {
                            if (rows[0]++ % 4_096 == 0) {
                                context.checkCancelled();
                            }
                            fitting.encode(row, earlier);
                            if (rows[0] % LABELLED_EVERY == 0) {
                                fitting.label(row, row.text(type).equals("purchase"), row.time() + 3_600_000);
                            }
                            earlier.add(row);
                        });
                    }
                    return Map.of("rows", rows[0], "numbers", set.width(), "set", fitting.fitted().set().fingerprint());
                }
            }
            """;

    private Surveyor() {
    }

    static byte[] bundle() {
        return BundleForge.bundle(BUNDLE, "1.0.0", Map.of("com.acme.surveyor.Surveyor", PLUGIN, "com.acme.surveyor.Reading", SNAPSHOT,
                "com.acme.surveyor.Fitted", FEATURES), Map.of());
    }
}
