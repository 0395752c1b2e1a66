package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a large file of products with long descriptions from a folder, and watches the rate and the server's heap. */
final class SourceRate implements Main.Benchmark {

    private static final String SOURCE = "/stores/shop/sources/io.kontor.source.csv";
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"} ([0-9.eE+]+)");
    private static final int WORDS = 120;

    @Override
    public void run(List<String> arguments) throws Exception {
        long megabytes = arguments.isEmpty() ? 1024 : Long.parseLong(arguments.get(0));
        Path folder = Figures.folder();
        Path file = Files.createDirectories(folder.resolve("data/sources/shop")).resolve("products.csv");
        long rows = write(file, megabytes << 20);
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv", "{\"settings\":{\"settleSeconds\":0}}").expect(200);
            for (String name : List.of("first run", "all again")) {
                long begin = System.nanoTime();
                String job = server.json("POST", SOURCE + "/run", "").expect(202).json().get("job").asText();
                double resident = 0;
                double heap = 0;
                JsonNode state;
                do {
                    resident = Math.max(resident, Figures.residentMiB(server.process().pid()));
                    heap = Math.max(heap, heapMiB(server));
                    Thread.sleep(200);
                    state = server.get("/jobs/" + job).expect(200).json();
                } while (!state.has("finishedAt") || state.get("finishedAt").isNull());
                double seconds = (System.nanoTime() - begin) / 1e9;
                Figures.print("%s: %d MB, %d rows in %.0f s = %.0f rows/s, %.1f MB/s; heap at most %.0f MiB, resident at most %.0f MiB; %s %s",
                        name, megabytes, rows, seconds, rows / seconds, megabytes / seconds, heap, resident, state.get("state").asText(),
                        state.path("result"));
                server.send("DELETE", SOURCE + "/watermark", null, (String) null).expect(204);
            }
        }
    }

    private static double heapMiB(KontorServer server) {
        Matcher heap = HEAP.matcher(server.get("/metrics").expect(200).body());
        double sum = 0;
        while (heap.find()) {
            sum += Double.parseDouble(heap.group(1));
        }
        return sum / (1 << 20);
    }

    private static long write(Path file, long bytes) throws IOException {
        Random random = new Random(7);
        long written = 0;
        long rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("id,title,category,price,description\n");
            while (written < bytes) {
                StringBuilder row = new StringBuilder(1_100).append('p').append(rows).append(",Product ").append(rows).append(",Things/Kind ")
                        .append(rows % 50).append(',').append(random.nextInt(10_000) / 100.0).append(",\"");
                for (int i = 0; i < WORDS; i++) {
                    row.append(Integer.toString(random.nextInt(1 << 28), 36)).append(i % 12 == 11 ? ", " : " ");
                }
                row.append("\"\n");
                out.write(row.toString());
                written += row.length();
                rows++;
            }
        }
        return rows;
    }
}
