package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the first byte of an upload to the first answer of the new version, for a store that follows the newest. */
final class DeployTimes implements Main.Benchmark {

    private static final int ROUNDS = 21;

    @Override
    public void run(List<String> arguments) throws Exception {
        List<Double> times = new ArrayList<>();
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            String ask = "/stores/shop/recommendations?plugin=" + Shelf.PID;
            for (int round = 0; round < ROUNDS; round++) {
                byte[] jar = Shelf.bundle("1.0." + round, "return answer(\"v" + round + "\");");
                long begin = System.nanoTime();
                server.send("POST", "/bundles", jar, "application/java-archive").expect(201);
                if (round == 0) {
                    server.json("PUT", "/stores/shop/plugins/" + Shelf.PID, "{}").expect(200);
                }
                while (!server.get(ask).expect(200).body().contains("\"v" + round + "\"")) {
                    Thread.onSpinWait();
                }
                times.add(Figures.millis(System.nanoTime() - begin));
                if (round > 0) {
                    server.send("DELETE", "/bundles/" + Shelf.BUNDLE + "/1.0." + (round - 1), null, (String) null).expect(204);
                }
            }
        }
        double[] all = Figures.toArray(times);
        Figures.print("upload to first served answer: median %.0f ms, slowest %.0f ms, of %d", Figures.quantile(all, 0.5),
                Figures.quantile(all, 1), all.length);
    }
}
