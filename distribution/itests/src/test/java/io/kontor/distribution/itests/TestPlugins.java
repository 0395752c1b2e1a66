package io.kontor.distribution.itests;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.HashMap;
import java.util.Map;

/** Sources of small recommend plugins, as third parties write them, with a body that each test chooses. */
final class TestPlugins {

    /** The plugin's id in all of them. */
    static final String PID = "com.acme.shelf";
    /** The bundle's name in all of them. */
    static final String BUNDLE = "com.acme.shelf";

    private TestPlugins() {
    }

    /** A recommender without a model whose answer is computed by a Java expression or block. */
    static byte[] recommender(String version, String body) {
        return recommender(BUNDLE, PID, version, body, Map.of(), "");
    }

    static byte[] recommender(String bundle, String pid, String version, String body, Map<String, String> instructions,
            String constructor) {
        String source = """
                package com.acme.shelf;

                import io.kontor.api.decision.Reason;
                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.recommend.*;
                import java.util.*;
                import org.osgi.service.component.annotations.*;
                import org.osgi.service.metatype.annotations.*;

                @Plugin(family = "recommend")
                @Designate(ocd = Shelf.Settings.class, factory = true)
                @Component(name = "%s", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Shelf implements Recommender {

                    @ObjectClassDefinition(name = "Shelf", description = "Recommends what stands on the shelf")
                    public @interface Settings {
                        @AttributeDefinition(name = "First product")
                        String product() default "shelf";

                        @AttributeDefinition(name = "How many", min = "1", max = "50")
                        int count() default 1;
                    }

                    private final Settings settings;
                    private long born;

                    @Activate
                    public Shelf(Settings settings) {
                        this.settings = settings;
                        %s
                    }

                    @Override
                    public Ranking recommend(RecommendationRequest request) {
                        %s
                    }

                    Ranking answer(String product) {
                        return new Ranking(List.of(new RankedItem(product, 1, List.of(new Reason("shelf", "It stands on the shelf.", 1)))));
                    }
                }
                """.formatted(pid, constructor, body);
        return BundleForge.bundle(bundle, version, Map.of("com.acme.shelf.Shelf", source), new HashMap<>(instructions));
    }
}
