package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.Map;

/** A recommend plugin of the smallest kind, whose answer is a Java statement. */
final class Shelf {

    static final String BUNDLE = "com.acme.shelf";
    static final String PID = "com.acme.shelf";

    private static final String SOURCE = """
            package com.acme.shelf;

            import io.kontor.api.decision.Reason;
            import io.kontor.api.plugin.Plugin;
            import io.kontor.api.recommend.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;
            import org.osgi.service.metatype.annotations.*;

            @Plugin(family = "recommend")
            @Designate(ocd = Shelf.Settings.class, factory = true)
            @Component(name = "com.acme.shelf", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Shelf implements Recommender {

                @ObjectClassDefinition(name = "Shelf")
                public @interface Settings {
                    int count() default 1;
                }

                @Override
                public Ranking recommend(RecommendationRequest request) {
                    %s
                }

                Ranking answer(String product) {
                    return new Ranking(List.of(new RankedItem(product, 1, List.of(new Reason("shelf", "It stands on the shelf.", 1)))));
                }
            }
            """;

    private Shelf() {
    }

    static byte[] bundle(String version, String body) {
        return BundleForge.bundle(BUNDLE, version, Map.of("com.acme.shelf.Shelf", SOURCE.formatted(body)), Map.of());
    }
}
