package io.kontor.platform.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The catalogue of plugins. */
@CommandLine.Command(name = "plugins", description = "Lists the plugins that can be enabled.")
final class PluginsCommand extends ClientCommand {

    PluginsCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        Table table = new Table("PLUGIN", "FAMILY", "VERSIONS", "TITLE");
        api.items("/plugins").forEach(item -> {
            List<String> versions = new ArrayList<>();
            item.path("versions").forEach(version -> versions.add(version.asText()));
            table.add(item.path("id").asText(), item.path("family").asText(), String.join(", ", versions), item.path("title").asText());
        });
        table.print(screen().out());
    }
}
