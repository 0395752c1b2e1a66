package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a store waits for its answer while the plugin it asks throws, sleeps or spins, and whether others notice. */
final class FallbackTimes implements Main.Benchmark {

    private static final int CALLS = 40;

    @Override
    public void run(List<String> arguments) throws Exception {
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            Sales.createShop(server, "shop", 2_000, 200, 300);
            String popular = "/stores/shop/plugins/io.kontor.recommend.most-popular";
            server.json("PUT", popular, "{}").expect(200);
            server.job(server.json("POST", popular + "/train", "{}").expect(202).json().get("job").asText(), Duration.ofMinutes(1));
            Map<String, String> bodies = Map.of("throws", "throw new IllegalStateException(\"on purpose\");",
                    "sleeps", "try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new RuntimeException(e); } return null;",
                    "spins", "long n = 0; while (request.n() > 0) { n++; } return answer(String.valueOf(n));");
            int version = 0;
            for (Map.Entry<String, String> body : bodies.entrySet()) {
                version++;
                server.send("POST", "/bundles", Shelf.bundle(version + ".0.0", body.getValue()), "application/java-archive").expect(201);
                server.json("PUT", "/stores/shop/plugins/" + Shelf.PID, "{}").expect(200);
                List<Double> broken = time(server, "/stores/shop/recommendations?customer=c1&plugin=" + Shelf.PID);
                List<Double> healthy = time(server, "/stores/shop/recommendations?customer=c1&plugin=io.kontor.recommend.most-popular");
                Figures.print("%s: fallback answers after median %.0f ms, slowest %.0f ms; other plugin median %.1f ms, slowest %.0f ms",
                        body.getKey(), Figures.quantile(Figures.toArray(broken), 0.5), Figures.quantile(Figures.toArray(broken), 1),
                        Figures.quantile(Figures.toArray(healthy), 0.5), Figures.quantile(Figures.toArray(healthy), 1));
                server.send("DELETE", "/stores/shop/plugins/" + Shelf.PID, null, (String) null).expect(204);
            }
        }
    }

    private static List<Double> time(KontorServer server, String path) {
        List<Double> times = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            long begin = System.nanoTime();
            server.get(path).expect(200);
            times.add(Figures.millis(System.nanoTime() - begin));
        }
        return times;
    }
}
