package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fraud scores through the running server: the first transactions of a file are imported and learned from, the rest assessed over REST
 * without their labels and compared with them. Arguments: a canonical transactions.csv in order of time, then optionally the share of rows
 * to learn from (0.7), the share of rows to look at at all (1), and ids of plugins.
 */
final class FraudQuality implements Main.Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLUGINS = List.of("io.kontor.risk.rules", "io.kontor.risk.random-forest");
    private static final int TOGETHER = 2_000;
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public void run(List<String> arguments) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(arguments.get(0)));
        List<String> header = List.of(lines.get(0).split(","));
        double learned = arguments.size() > 1 ? Double.parseDouble(arguments.get(1)) : 0.7;
        double looked = arguments.size() > 2 ? Double.parseDouble(arguments.get(2)) : 1;
        int end = (int) Math.round((lines.size() - 1) * looked);
        int cut = cut(lines, header.indexOf("time"), end, learned / looked);
        Figures.print("%d transactions to learn from, %d to assess, from %s on", cut - 1, end - cut + 1,
                lines.get(cut).split(",", -1)[header.indexOf("time")]);
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            for (String plugin : arguments.size() > 3 ? arguments.subList(3, arguments.size()) : PLUGINS) {
                String store = plugin.substring(plugin.lastIndexOf('.') + 1);
                server.json("POST", "/stores", "{\"id\":\"" + store + "\",\"name\":\"Shop\",\"timeZone\":\"UTC\"}").expect(201);
                server.importCsv(store, "transactions", String.join("\n", lines.subList(0, cut)) + "\n");
                server.json("PUT", "/stores/" + store + "/plugins/" + plugin, "{}").expect(200);
                train(server, store, plugin);
                assess(server, store, plugin, header, lines.subList(cut, end + 1));
            }
        }
    }

    /** Transactions of one moment stay together. */
    private static int cut(List<String> lines, int time, int end, double share) {
        int cut = 1 + (int) (end * share);
        while (cut > 1 && lines.get(cut - 1).split(",", -1)[time].equals(lines.get(cut).split(",", -1)[time])) {
            cut--;
        }
        return cut;
    }

    private static void train(KontorServer server, String store, String plugin) {
        JsonNode known = server.get("/plugins").expect(200).json().get("items");
        for (JsonNode one : known) {
            if (one.get("id").asText().equals(plugin) && one.get("trainable").asBoolean()) {
                double busy = Figures.cpuSeconds(server.process().toHandle());
                String job = server.json("POST", "/stores/" + store + "/plugins/" + plugin + "/train", "{\"seed\":42}").expect(202).json()
                        .get("job").asText();
                JsonNode result = server.job(job, PATIENCE).get("result");
                Figures.print("%s: trained in %.1f s of processor time; %s", plugin,
                        Figures.cpuSeconds(server.process().toHandle()) - busy, result.get("reason").asText());
                Figures.print("    own evaluation %s", result.get("metrics"));
            }
        }
    }

    private static void assess(KontorServer server, String store, String plugin, List<String> header, List<String> rows)
            throws IOException {
        FraudCurves curves = new FraudCurves();
        double busy = Figures.cpuSeconds(server.process().toHandle());
        int again = 0;
        for (int begin = 0; begin < rows.size(); begin += TOGETHER) {
            List<String> some = rows.subList(begin, Math.min(begin + TOGETHER, rows.size()));
            for (int attempt = 1; !some.isEmpty(); attempt++) {
                List<String> late = ask(server, store, plugin, header, some, curves);
                again += late.size();
                if (attempt == ATTEMPTS && !late.isEmpty()) {
                    throw new IllegalStateException(late.size() + " transactions were not assessed by " + plugin + " in time");
                }
                some = late;
            }
        }
        busy = Figures.cpuSeconds(server.process().toHandle()) - busy;
        Figures.print("%s: AUC %.4f, average precision %.4f, Brier %.4f on %d labelled transactions with %d frauds; %.2f ms of processor time"
                + " an assessment, %d asked again as the answer was late", plugin, curves.auc(), curves.averagePrecision(), curves.brier(),
                curves.size(), curves.frauds(), busy * 1_000 / rows.size(), again);
    }

    /** Takes the scores that the plugin itself gave in time, and gives back the rows of which it did not. */
    private static List<String> ask(KontorServer server, String store, String plugin, List<String> header, List<String> rows,
            FraudCurves curves) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String row : rows) {
            body.append(JSON.writeValueAsString(Map.of("transaction", transaction(header, row), "plugin", plugin))).append('\n');
        }
        String[] lines = server.send("POST", "/stores/" + store + "/risk/assessments/batch", body.toString().getBytes(StandardCharsets.UTF_8),
                "application/x-ndjson").expect(200).body().split("\n");
        List<String> late = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode line = JSON.readTree(lines[i]);
            String label = rows.get(i).split(",", -1)[header.indexOf("label")];
            if (!line.path("fallback").isNull() || !line.path("score").isNumber()) {
                late.add(rows.get(i));
            } else if (!label.isEmpty()) {
                curves.add(line.get("score").asDouble(), label.equals("fraud"));
            }
        }
        return late;
    }

    /** A row without its label; attributes that are numbers go as numbers, as an import would take them. */
    static Map<String, Object> transaction(List<String> header, String row) {
        String[] cells = row.split(",", -1);
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            String name = header.get(i);
            if (!cells[i].isEmpty() && !name.equals("label") && !name.equals("labelTime")) {
                boolean number = name.equals("amount") || name.startsWith("attr.") && cells[i].matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
                values.put(name, number ? (Object) Double.valueOf(cells[i]) : cells[i]);
            }
        }
        return values;
    }
}
