package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A new store. What is not given takes the server's default. */
@CommandLine.Command(name = "add", description = "Adds a store.")
final class StoreAddCommand extends ClientCommand {

    @Parameters(paramLabel = "ID", description = "Small letters, digits and hyphens.")
    private String id;

    @Option(names = "--name", paramLabel = "NAME", description = "As people call it.")
    private String name;

    @Option(names = "--currency", paramLabel = "CODE", description = "ISO 4217, such as EUR.")
    private String currency;

    @Option(names = "--locale", paramLabel = "TAG", description = "BCP 47, such as de-DE.")
    private String locale;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Such as Europe/Berlin.")
    private String timeZone;

    @Option(names = "--country", paramLabel = "CODE", description = "ISO 3166, such as DE.")
    private String country;

    StoreAddCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        Map<String, String> store = new LinkedHashMap<>();
        store.put("id", id);
        store.put("name", name);
        store.put("currency", currency);
        store.put("locale", locale);
        store.put("timeZone", timeZone);
        store.put("country", country);
        store.values().removeIf(value -> value == null);
        JsonNode added = api.send("POST", "/stores", store);
        say("Added the store " + added.path("id").asText(id) + ".");
    }
}
