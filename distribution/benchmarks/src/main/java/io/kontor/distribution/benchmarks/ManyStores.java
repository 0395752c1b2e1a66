package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A thousand stores with four plugins each against one store: start time, memory, and the latency of an answer. */
final class ManyStores implements Main.Benchmark {

    private static final int PLUGINS = 4;
    private static final int CALLS = 2_000;

    @Override
    public void run(List<String> arguments) throws Exception {
        int many = arguments.isEmpty() ? 1_000 : Integer.parseInt(arguments.get(0));
        for (int stores : List.of(1, many)) {
            Path data = Figures.folder().resolve("data");
            try (KontorServer server = KontorServer.start(data, Map.of())) {
                long begin = System.nanoTime();
                fill(server, stores);
                Figures.print("%d stores x %d plugins: enabled in %.1f s", stores, PLUGINS, (System.nanoTime() - begin) / 1e9);
            }
            long begin = System.nanoTime();
            try (KontorServer server = KontorServer.start(data, Map.of())) {
                double ready = (System.nanoTime() - begin) / 1e9;
                List<Double> warmUp = ask(server, stores);
                List<Double> times = ask(server, stores);
                Figures.print("%d stores x %d plugins: ready after %.2f s, processor time %.1f s, resident memory %.0f MiB,"
                        + " answer median %.2f ms, p99 %.2f ms (first round median %.2f ms)", stores, PLUGINS, ready,
                        Figures.cpuSeconds(server.process().toHandle()), Figures.residentMiB(server.process().pid()),
                        Figures.quantile(Figures.toArray(times), 0.5), Figures.quantile(Figures.toArray(times), 0.99),
                        Figures.quantile(Figures.toArray(warmUp), 0.5));
            }
        }
    }

    private static void fill(KontorServer server, int stores) {
        for (int plugin = 0; plugin < PLUGINS; plugin++) {
            String name = "com.acme.shelf" + plugin;
            server.send("POST", "/bundles", BundleForge.bundle(name, "1.0.0", Map.of(name + ".Shelf", source(name)), Map.of()),
                    "application/java-archive").expect(201);
        }
        for (int store = 0; store < stores; store++) {
            server.json("POST", "/stores", "{\"id\":\"s" + store + "\",\"name\":\"Store\"}").expect(201);
            for (int plugin = 0; plugin < PLUGINS; plugin++) {
                server.json("PUT", "/stores/s" + store + "/plugins/com.acme.shelf" + plugin, "{}").expect(200);
            }
        }
    }

    private static List<Double> ask(KontorServer server, int stores) {
        List<Double> times = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            String path = "/stores/s" + call * 7919L % stores + "/recommendations?customer=c1&plugin=com.acme.shelf" + call % PLUGINS;
            long begin = System.nanoTime();
            server.get(path).expect(200);
            times.add(Figures.millis(System.nanoTime() - begin));
        }
        return times;
    }

    private static String source(String name) {
        return """
                package %s;

                import io.kontor.api.data.StoreData;
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

                    @ObjectClassDefinition(name = "Shelf")
                    public @interface Settings {
                        int count() default 1;
                    }

                    @Reference
                    private StoreData data;

                    @Override
                    public Ranking recommend(RecommendationRequest request) {
                        return new Ranking(List.of(new RankedItem(data.store().id(), 1, List.of(new Reason("shelf", "It is there.", 1)))));
                    }
                }
                """.formatted(name, name);
    }
}
