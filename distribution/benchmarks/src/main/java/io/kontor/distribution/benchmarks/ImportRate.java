package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Imports a million order lines and watches the rate and the server's memory. */
final class ImportRate implements Main.Benchmark {

    @Override
    public void run(List<String> arguments) throws Exception {
        int lines = arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.get(0));
        Map<String, String> environment = arguments.size() < 2 ? Map.of() : Map.of("KONTOR_DB_URL", arguments.get(1), "KONTOR_DB_USER",
                arguments.size() > 2 ? arguments.get(2) : "", "KONTOR_DB_PASSWORD", arguments.size() > 3 ? arguments.get(3) : "");
        Path folder = Figures.folder();
        Path file = Sales.file(folder, lines, 20_000, 100_000);
        try (KontorServer server = KontorServer.start(folder.resolve("data"), environment)) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            for (String name : List.of("first import", "second import")) {
                long begin = System.nanoTime();
                String job = upload(server, file);
                double peak = 0;
                JsonNode state;
                do {
                    peak = Math.max(peak, Figures.residentMiB(server.process().pid()));
                    Thread.sleep(100);
                    state = server.get("/jobs/" + job).expect(200).json();
                } while (state.get("finishedAt") == null || state.get("finishedAt").isNull());
                double seconds = (System.nanoTime() - begin) / 1e9;
                Figures.print("%s: %d lines in %.1f s = %.0f lines/s, resident memory at most %.0f MiB, %s", name, lines, seconds,
                        lines / seconds, peak, state.get("result"));
            }
        }
    }

    private static String upload(KontorServer server, Path file) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stores/shop/imports/orders"))
                .header("Authorization", "Bearer " + KontorServer.ADMIN_KEY).header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body().replaceAll(".*\"job\":\"([^\"]+)\".*", "$1");
    }
}
