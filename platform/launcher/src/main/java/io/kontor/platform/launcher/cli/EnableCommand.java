package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A plugin switched on for a store, or its settings changed. */
@CommandLine.Command(name = "enable", description = "Enables a plugin for a store, or changes its settings.")
final class EnableCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store's id.")
    private String store;

    @Parameters(index = "1", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting; repeat it for several.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--version", paramLabel = "VERSION", description = "A version of the plugin; the highest when missing.")
    private String version;

    EnableCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("settings", SettingValues.of(api, plugin).json(settings));
        if (version != null) {
            body.put("version", version);
        }
        JsonNode activation = api.send("PUT", ApiClient.path("stores", store, "plugins", plugin), body);
        String reason = activation.path("reason").asText("");
        say(plugin + " " + activation.path("version").asText() + " is enabled for " + store + ": " + activation.path("state").asText()
                + (reason.isEmpty() ? "" : ", " + reason));
    }
}
