package io.kontor.platform.launcher.cli;

import picocli.CommandLine;

/** The stores. */
@CommandLine.Command(name = "stores", description = "Lists the stores.")
final class StoresCommand extends ClientCommand {

    StoresCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        Table table = new Table("STORE", "NAME", "CURRENCY", "LOCALE", "TIME ZONE", "COUNTRY");
        api.items("/stores").forEach(item -> table.add(item.path("id").asText(), item.path("name").asText(), item.path("currency").asText(),
                item.path("locale").asText(), item.path("timeZone").asText(), item.path("country").asText("")));
        table.print(screen().out());
    }
}
