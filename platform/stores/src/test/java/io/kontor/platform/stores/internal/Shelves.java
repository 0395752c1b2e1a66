package io.kontor.platform.stores.internal;

import io.kontor.platform.testkit.server.BundleForge;
import java.util.HashMap;
import java.util.Map;

/** Plugins for tests: each names, as the product that it recommends, its version, a setting and the store whose data it was given. */
final class Shelves {

    static final String SHELF = "com.acme.shelf";
    static final String NEEDY = "com.acme.needy";
    static final String POPULAR = "com.acme.popular";

    private static final String SHELF_SOURCE = """
        package com.acme;

        import io.kontor.api.data.StoreData;
        import io.kontor.api.plugin.Plugin;
        import io.kontor.api.recommend.*;
        import java.util.List;
        import java.util.concurrent.CountDownLatch;
        import org.osgi.service.component.annotations.*;
        import org.osgi.service.metatype.annotations.*;

        @Plugin(family = "recommend")
        @Designate(ocd = Shelf.Settings.class, factory = true)
        @Component(name = "com.acme.shelf", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Shelf implements Recommender {

            @ObjectClassDefinition(name = "Shelf")
            public @interface Settings {
                @AttributeDefinition(min = "1", max = "%MAX%")
                int depth() default 5;
                @AttributeDefinition(type = AttributeType.PASSWORD, required = false)
                String token();
            }

            private final StoreData data;
            private final Settings settings;

            @Activate
            public Shelf(Settings settings, @Reference(name = "data") StoreData data) throws InterruptedException {
                if (settings.depth() == %BROKEN%) {
                    throw new IllegalStateException("thirteen is unlucky");
                }
                if (settings.depth() == 14) {
                    new CountDownLatch(1).await();
                }
                this.data = data;
                this.settings = settings;
            }

            @Override
            public Ranking recommend(RecommendationRequest request) {
                return new Ranking(List.of(new RankedItem("%VERSION% " + settings.depth() + " " + data.store().id()
                    + (settings.token() == null ? "" : " " + settings.token()), 1, List.of())));
            }
        }
        """;

    private static final String NEEDY_SOURCE = """
        package com.acme;

        import io.kontor.api.inventory.Forecasts;
        import io.kontor.api.plugin.Plugin;
        import io.kontor.api.recommend.*;
        import java.util.List;
        import org.osgi.service.component.annotations.*;

        @Plugin(family = "recommend")
        @Component(name = "com.acme.needy", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Needy implements Recommender {

            @Reference(target = "(quality=good)")
            private Forecasts forecasts;

            @Override
            public Ranking recommend(RecommendationRequest request) {
                return new Ranking(List.of(new RankedItem("needy", 1, List.of())));
            }
        }
        """;

    private static final String POPULAR_SOURCE = """
        package com.acme;

        import io.kontor.api.plugin.Plugin;
        import io.kontor.api.recommend.*;
        import java.util.List;
        import org.osgi.service.component.annotations.*;

        @Plugin(family = "recommend", baseline = true)
        @Component(name = "com.acme.popular", configurationPolicy = ConfigurationPolicy.REQUIRE)
        public class Popular implements Recommender {

            @Override
            public Ranking recommend(RecommendationRequest request) {
                return new Ranking(List.of(new RankedItem("popular", 1, List.of())));
            }
        }
        """;

    private static final Map<String, byte[]> SHELVES = new HashMap<>();

    private Shelves() {
    }

    /** A shelf that takes depths from 1 to 50, throws for 13 and never returns from its constructor for 14. */
    static byte[] shelf(String version) {
        return SHELVES.computeIfAbsent(version, v -> shelf(v, 50, 13));
    }

    /**
     * A shelf.
     *
     * @param version of its bundle
     * @param most the greatest depth that it takes
     * @param broken the depth for which it throws
     */
    static byte[] shelf(String version, int most, int broken) {
        String source = SHELF_SOURCE.replace("%VERSION%", version).replace("%MAX%", "" + most).replace("%BROKEN%", "" + broken);
        return BundleForge.bundle(SHELF, version, Map.of("com.acme.Shelf", source), Map.of());
    }

    /** Needs the forecasts of its store that have the property {@code quality=good}. */
    static byte[] needy() {
        return BundleForge.bundle(NEEDY, "1.0.0", Map.of("com.acme.Needy", NEEDY_SOURCE), Map.of());
    }

    /** The baseline of the family. */
    static byte[] popular() {
        return BundleForge.bundle(POPULAR, "1.0.0", Map.of("com.acme.Popular", POPULAR_SOURCE), Map.of());
    }
}
