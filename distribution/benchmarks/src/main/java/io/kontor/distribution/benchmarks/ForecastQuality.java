package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.data.Step;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Forecasts through the running server, beside seasonal naive: the last periods of a file are held out, the rest is imported, the forecaster
 * is trained and asked for all products. Arguments: a canonical orders.csv or sales.csv, then in any order {@code --step day|week|month},
 * {@code --horizon N}, {@code --scale LAG} of MASE, {@code --busiest N} to judge only the products that were sold on the most days, and
 * {@code --least N} periods that a judged series must have.
 */
final class ForecastQuality implements Main.Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLUGINS = List.of("io.kontor.inventory.seasonal-naive", "io.kontor.inventory.exponential-smoothing");

    @Override
    public void run(List<String> arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < arguments.size(); i += 2) {
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        Step step = Step.valueOf(options.getOrDefault("--step", "week").toUpperCase(Locale.ROOT));
        int horizon = number(options, "--horizon", step == Step.DAY ? 28 : step == Step.WEEK ? 8 : 6);
        int lag = number(options, "--scale", step == Step.DAY ? 7 : 1);
        DemandPanel panel = DemandPanel.read(Path.of(arguments.get(0)), step);
        List<DemandPanel.Case> cases = panel.cases(horizon, number(options, "--least", 2 * lag + 1), number(options, "--busiest",
                Integer.MAX_VALUE)).stream().filter(one -> ForecastErrors.scales(one.history(), lag)).toList();
        Figures.print("%s: %d series, horizon %d, MASE by lag %d", panel, cases.size(), horizon, lag);
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\",\"timeZone\":\"UTC\"}").expect(201);
            Path training = panel.before(panel.cut(horizon), Figures.folder().resolve("training.csv"));
            importFile(server, panel.entity(), training);
            ForecastErrors.head();
            for (String plugin : PLUGINS) {
                ask(server, plugin, panel.cut(horizon), step, lag, cases);
            }
        }
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        return options.containsKey(name) ? Integer.parseInt(options.get(name)) : otherwise;
    }

    private static void importFile(KontorServer server, String entity, Path file) throws IOException {
        String job = server.send("POST", "/stores/shop/imports/" + entity, Files.readAllBytes(file), "text/csv").expect(202).json().get("job")
                .asText();
        JsonNode result = server.job(job, Duration.ofMinutes(20)).get("result");
        Figures.print("imported %s rows, %s quarantined", result.get("stored"), result.get("quarantined"));
    }

    private static void ask(KontorServer server, String plugin, int cut, Step step, int lag, List<DemandPanel.Case> cases) throws IOException {
        String path = "/stores/shop/plugins/" + plugin;
        server.json("PUT", path, "{}").expect(200);
        double trained = 0;
        if (!plugin.equals(PLUGINS.get(0))) {
            long begin = System.nanoTime();
            server.job(server.json("POST", path + "/train", "{\"seed\":42}").expect(202).json().get("job").asText(), Duration.ofMinutes(20));
            trained = (System.nanoTime() - begin) / 1e9;
        }
        int horizon = cases.get(0).actual().length;
        double busy = Figures.cpuSeconds(server.process().toHandle());
        long begin = System.nanoTime();
        String answers = server.json("POST", "/stores/shop/forecasts/batch", JSON.writeValueAsString(Map.of("products",
                cases.stream().map(DemandPanel.Case::product).toList(), "horizon", horizon, "step", step.name().toLowerCase(Locale.ROOT),
                "quantiles", List.of(0.5, 0.9), "plugin", plugin))).expect(200).body();
        double served = (System.nanoTime() - begin) / 1e9;
        busy = Figures.cpuSeconds(server.process().toHandle()) - busy;
        ForecastErrors errors = new ForecastErrors(lag);
        String[] lines = answers.split("\n");
        for (int i = 0; i < cases.size(); i++) {
            JsonNode line = JSON.readTree(lines[i]);
            if (!line.get("fallback").isNull() || line.get("points").size() != horizon) {
                throw new IllegalStateException("not an answer of the plugin: " + line);
            }
            add(errors, cases.get(i), line.get("points"), cut, step);
        }
        errors.print(plugin);
        Figures.print("    trained in %.1f s; %d forecasts in %.1f s, %.1f s of processor time", trained, cases.size(), served, busy);
    }

    private static void add(ForecastErrors errors, DemandPanel.Case one, JsonNode points, int cut, Step step) {
        int begin = DemandPanel.period(LocalDate.parse(points.get(0).get("date").asText()), step);
        if (begin != cut) {
            throw new IllegalStateException("the forecast of " + one.product() + " begins " + (begin - cut) + " periods after the cut");
        }
        double[] mean = new double[points.size()];
        double[] median = new double[points.size()];
        double[] upper = new double[points.size()];
        for (int h = 0; h < mean.length; h++) {
            mean[h] = points.get(h).get("mean").asDouble();
            median[h] = points.get(h).get("quantiles").get("0.5").asDouble();
            upper[h] = points.get(h).get("quantiles").get("0.9").asDouble();
        }
        errors.add(one.history(), one.actual(), mean, median, upper);
    }
}
