package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Asks a server something in turns with its empty answer: latency and processor time a request, and their ratios to those of the empty one. */
final class InTurns {

    private static final int TURNS = 5;
    private static final int WARM_UP = 60_000;
    private static final Asked EMPTY = new Asked("empty", i -> Wire.request("GET", "/health/live", ""));

    private final KontorServer server;
    private final int requests;

    /** A kind of request; what it is about goes by its number. */
    record Asked(String name, IntFunction<byte[]> request) {
    }

    /** What a turn showed: sorted latencies in nanoseconds, and processor seconds a request. */
    private record Turn(long[] nanos, double busy) {

        double millis(double share) {
            return Figures.millis(nanos[(int) Math.min(nanos.length - 1, share * nanos.length)]);
        }
    }

    InTurns(KontorServer server, int requests) throws Exception {
        this.server = server;
        this.requests = requests;
        Figures.print("%-16s %11s %9s %9s %9s %9s %9s %9s", "decision", "connections", "p50 ms", "p99 ms", "CPU us", "p50 /", "p99 /", "CPU /");
        ask(server, EMPTY, 1, WARM_UP);
    }

    /** Asks both by turns and prints medians over the turns. */
    void compare(Asked asked, int warmUp, List<Integer> connections) throws Exception {
        ask(server, asked, 2, warmUp);
        for (int each : connections) {
            compare(asked, each);
        }
    }

    private void compare(Asked asked, int connections) throws Exception {
        List<double[]> turns = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            Turn base = ask(server, EMPTY, connections, requests);
            Turn own = ask(server, asked, connections, requests);
            turns.add(new double[] {own.millis(0.5), own.millis(0.99), own.busy * 1e6, own.millis(0.5) / base.millis(0.5),
                own.millis(0.99) / base.millis(0.99), own.busy / base.busy});
        }
        double[] median = new double[turns.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            median[i] = Figures.quantile(turns.stream().mapToDouble(turn -> turn[column]).toArray(), 0.5);
        }
        Figures.print("%-16s %11d %9.3f %9.3f %9.0f %9.2f %9.2f %9.2f", asked.name, connections, median[0], median[1], median[2], median[3],
                median[4], median[5]);
    }

    private static Turn ask(KontorServer server, Asked asked, int connections, int requests)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            double before = Figures.cpuSeconds(server.process().toHandle());
            List<Future<long[]>> parts = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                int offset = connection;
                parts.add(threads.submit(() -> ask(server, asked, offset, connections, requests)));
            }
            long[] nanos = new long[0];
            for (Future<long[]> part : parts) {
                nanos = LongStream.concat(Arrays.stream(nanos), Arrays.stream(part.get())).toArray();
            }
            Arrays.sort(nanos);
            return new Turn(nanos, (Figures.cpuSeconds(server.process().toHandle()) - before) / nanos.length);
        } finally {
            threads.shutdown();
        }
    }

    private static long[] ask(KontorServer server, Asked asked, int offset, int every, int requests) throws IOException {
        long[] nanos = new long[requests / every];
        try (Wire wire = new Wire(server)) {
            for (int i = 0; i < nanos.length; i++) {
                byte[] request = asked.request.apply(i * every + offset);
                long begin = System.nanoTime();
                wire.exchange(request);
                nanos[i] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }
}
