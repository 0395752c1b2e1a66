package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From process start to ready, on an empty data folder and on a used one, with processor time and memory. */
final class StartTimes implements Main.Benchmark {

    @Override
    public void run(List<String> arguments) throws Exception {
        int rounds = arguments.isEmpty() ? 5 : Integer.parseInt(arguments.get(0));
        List<Double> first = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path data = Figures.folder().resolve("data");
            for (List<Double> times : List.of(first, warm)) {
                long begin = System.nanoTime();
                try (KontorServer server = KontorServer.start(data, Map.of())) {
                    times.add((System.nanoTime() - begin) / 1e9);
                    cpu.add(Figures.cpuSeconds(server.process().toHandle()));
                    memory.add(Figures.residentMiB(server.process().pid()));
                }
            }
        }
        Figures.print("first start: median %.2f s, of %s", Figures.quantile(Figures.toArray(first), 0.5), first);
        Figures.print("warm start: median %.2f s, of %s", Figures.quantile(Figures.toArray(warm), 0.5), warm);
        Figures.print("processor time at ready: median %.2f s; resident memory: median %.0f MiB",
                Figures.quantile(Figures.toArray(cpu), 0.5), Figures.quantile(Figures.toArray(memory), 0.5));
    }
}
