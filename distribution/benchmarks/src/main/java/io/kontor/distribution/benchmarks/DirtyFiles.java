package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.testkit.data.CsvTable;
import io.kontor.platform.testkit.data.Damage;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Damages real files in every way of {@link Damage}, reads each by the source of CSV files, and says what became of their rows. The folder has
 * {@code shapes.json}: a list of {@code {file, entity, mapping, columns: {id, text, number, time}}}, the columns by their names in the file.
 */
final class DirtyFiles implements Main.Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "/stores/shop/sources/io.kontor.source.csv";

    @Override
    public void run(List<String> arguments) throws Exception {
        Path folder = Path.of(arguments.get(0));
        int rows = arguments.size() < 2 ? 2_000 : Integer.parseInt(arguments.get(1));
        Path work = Figures.folder();
        Path files = Files.createDirectories(work.resolve("data/sources/shop"));
        long unaccounted = 0;
        try (KontorServer server = KontorServer.start(work.resolve("data"), Map.of())) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            for (JsonNode shape : JSON.readTree(Files.readString(folder.resolve("shapes.json")))) {
                String name = shape.get("file").asText();
                CsvTable table = CsvTable.parse(text(folder.resolve(name)), rows);
                List<Integer> hit = new ArrayList<>();
                for (String column : List.of("id", "text", "number", "time")) {
                    hit.add(table.header().indexOf(shape.get("columns").get(column).asText()));
                }
                Damage.Columns columns = new Damage.Columns(hit.get(0), hit.get(1), hit.get(2), hit.get(3));
                String stem = name.replaceAll("\\..*", "");
                server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv", JSON.writeValueAsString(Map.of("settings", Map.of(
                        "settleSeconds", 0, "files", List.of(shape.get("entity").asText() + "=" + stem + "*"),
                        "mapping", JSON.convertValue(shape.get("mapping"), List.class))))).expect(200);
                Figures.print("%n%s, %d rows as %s", name, table.rows().size(), shape.get("entity").asText());
                unaccounted += read(server, files, stem + "-good.csv", table.csv(',').getBytes(StandardCharsets.UTF_8), table.rows().size());
                for (Damage damage : Damage.values()) {
                    unaccounted += read(server, files, stem + "-" + damage + (damage == Damage.TRUNCATED_GZIP ? ".csv.gz" : ".csv"),
                            damage.of(table, columns, 7), damage.rows(table));
                }
            }
        }
        Figures.print("%nrows not accounted for: %d", unaccounted);
    }

    private static long read(KontorServer server, Path files, String name, byte[] bytes, int rows) throws IOException {
        Path file = Files.write(files.resolve(name), bytes);
        JsonNode job = server.send("POST", SOURCE + "/run", null,
                Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer", "wait=300")).expect(200).json();
        Files.delete(file);
        String damage = name.substring(name.lastIndexOf('-') + 1).replaceAll("\\..*", "");
        if (!job.get("state").asText().equals("SUCCEEDED")) {
            Figures.print("  %-18s refused: %s", damage, job.path("error").asText().replaceFirst("^A file was refused: [^:]*: ", ""));
            return 0;
        }
        JsonNode counts = job.get("result").get("feeds").get(0);
        long read = counts.get("read").asLong();
        long sum = counts.get("stored").asLong() + counts.get("duplicates").asLong() + counts.get("quarantined").asLong();
        JsonNode issue = counts.get("issues").get(0);
        Figures.print("  %-18s %6d rows: read %6d = stored %6d + duplicates %6d + quarantined %6d%s", damage, rows, read,
                counts.get("stored").asLong(), counts.get("duplicates").asLong(), counts.get("quarantined").asLong(),
                issue == null ? "" : "   line " + issue.get("line") + ": " + issue.get("reason").asText());
        return Math.abs(read - sum);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
