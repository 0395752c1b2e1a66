package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A training run, followed to its end. */
@CommandLine.Command(name = "train", description = "Trains a plugin's model for a store and tells how good it is.")
final class TrainCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store's id.")
    private String store;

    @Parameters(index = "1", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting for this run only; repeat it for several.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random.")
    private Long seed;

    TrainCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!settings.isEmpty()) {
            body.put("settings", SettingValues.of(api, plugin).json(settings));
        }
        if (seed != null) {
            body.put("seed", seed);
        }
        JsonNode answer = api.send("POST", ApiClient.path("stores", store, "plugins", plugin, "train"), body);
        tell(new JobFollower(api, screen()).follow(answer));
    }

    private void tell(JsonNode result) {
        say("Model " + result.path("model").asText() + (result.path("promoted").asBoolean() ? " is now in use." : " is not put into use."));
        String reason = result.path("reason").asText("");
        if (!reason.isEmpty()) {
            say(reason);
        }
        Table table = new Table("METRIC", "MODEL", "BASELINE");
        JsonNode baseline = result.path("baseline");
        result.path("metrics").properties().forEach(metric -> table.add(metric.getKey(), figure(metric.getValue()),
                figure(baseline.path(metric.getKey()))));
        table.print(screen().out());
    }

    private static String figure(JsonNode value) {
        return value.isFloatingPointNumber() ? "%.4f".formatted(value.asDouble()) : value.asText("");
    }
}
