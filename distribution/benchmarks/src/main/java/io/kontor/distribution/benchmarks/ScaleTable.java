package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How import, snapshot and features grow: events of generated shops of several sizes go in as one file, are read back in order of time and made
 * into features, each stage with its rows a second and the server's resident memory at most. The first and the last tenth of an import are
 * told apart, as a table that slows down while it grows shows there first.
 *
 * <p>Arguments: the sizes, joined by commas; then, for PostgreSQL, the URL of a database from which others may be made, user and password.
 */
final class ScaleTable implements Main.Benchmark {

    private static final int EVENTS_OF_A_CUSTOMER = 50;
    private static final int EVENTS_OF_A_VISIT = 10;
    private static final int MOST_PRODUCTS = 1_000_000;

    @Override
    public void run(List<String> arguments) throws Exception {
        String[] sizes = arguments.isEmpty() ? new String[]{"1000000"} : arguments.get(0).split(",");
        for (String size : sizes) {
            long events = Long.parseLong(size);
            Path folder = Figures.folder();
            Path file = Visits.file(folder, events, (int) Math.min(MOST_PRODUCTS, Math.max(1_000, events / 100)),
                    Math.max(1_000, events / EVENTS_OF_A_CUSTOMER), EVENTS_OF_A_VISIT);
            try (KontorServer server = KontorServer.start(folder.resolve("data"), database(arguments, events))) {
                server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
                load(server, file, events);
                Files.delete(file);
                server.send("POST", "/bundles", Surveyor.bundle(), "application/java-archive").expect(201);
                server.json("PUT", "/stores/shop/plugins/" + Surveyor.BUNDLE, "{}").expect(200);
                for (String stage : List.of("snapshot", "features")) {
                    survey(server, stage, events);
                }
            }
        }
    }

    static Map<String, String> database(List<String> arguments, long events) throws Exception {
        if (arguments.size() < 2) {
            return Map.of();
        }
        String url = arguments.get(1);
        String user = arguments.size() > 2 ? arguments.get(2) : "";
        String password = arguments.size() > 3 ? arguments.get(3) : "";
        String name = "scale" + events;
        try (Connection connection = DriverManager.getConnection(url, user, password); Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name);
            statement.execute("create database " + name);
        }
        return Map.of("KONTOR_DB_URL", url.replaceFirst("/[^/]*$", "/" + name), "KONTOR_DB_USER", user, "KONTOR_DB_PASSWORD", password);
    }

    private static void load(KontorServer server, Path file, long events) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stores/shop/imports/events"))
                .header("Authorization", "Bearer " + KontorServer.ADMIN_KEY).header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        String job = answer.body().replaceAll(".*\"job\":\"([^\"]+)\".*", "$1");
        long begin = System.nanoTime();
        List<long[]> course = new ArrayList<>();
        Watched watched = watch(server, job, state -> {
            String[] words = state.path("message").asText().split(" ");
            if (words.length > 1 && words[1].equals("rows")) {
                course.add(new long[]{Long.parseLong(words[0]), System.nanoTime()});
            }
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        Figures.print("%,d events: import %.0f s = %.0f rows/s (first tenth %.0f, last tenth %.0f), processor %.0f s, resident at most %.0f MiB,"
                        + " %s",
                events, seconds, events / seconds, rate(course, 0, events / 10), rate(course, events - events / 10, events),
                watched.processor, watched.resident, watched.result);
    }

    private static double rate(List<long[]> course, long from, long until) {
        long[] first = null;
        long[] last = null;
        for (long[] point : course) {
            if (point[0] >= from && first == null) {
                first = point;
            }
            if (point[0] <= until) {
                last = point;
            }
        }
        return first == null || last == null || last[1] <= first[1] ? Double.NaN : (last[0] - first[0]) / ((last[1] - first[1]) / 1e9);
    }

    private static void survey(KontorServer server, String stage, long events) throws Exception {
        long begin = System.nanoTime();
        String job = server.send("POST", "/stores/shop/schedules/" + Surveyor.SCHEDULE + stage + "/run", null, (String) null).expect(202)
                .json().get("job").asText();
        Watched watched = watch(server, job, state -> { });
        double seconds = (System.nanoTime() - begin) / 1e9;
        Figures.print("%,d events: %s %.0f s = %.0f rows/s, processor %.0f s, resident at most %.0f MiB, %s", events, stage, seconds,
                events / seconds, watched.processor, watched.resident, watched.result);
    }

    /** What a job took of the server. */
    private record Watched(double resident, double processor, JsonNode result) {
    }

    /** Looks at the state of a job now and then. */
    @FunctionalInterface
    private interface Look {

        void at(JsonNode state);
    }

    private static Watched watch(KontorServer server, String job, Look look) throws Exception {
        double resident = 0;
        double before = Figures.cpuSeconds(server.process().toHandle());
        JsonNode state;
        do {
            Thread.sleep(100);
            resident = Math.max(resident, Figures.residentMiB(server.process().pid()));
            state = server.get("/jobs/" + job).expect(200).json();
            look.at(state);
        } while (!state.has("finishedAt") || state.get("finishedAt").isNull());
        if (!"SUCCEEDED".equals(state.get("state").asText())) {
            throw new IllegalStateException("the job did not succeed: " + state);
        }
        return new Watched(resident, Figures.cpuSeconds(server.process().toHandle()) - before, state.get("result"));
    }
}
