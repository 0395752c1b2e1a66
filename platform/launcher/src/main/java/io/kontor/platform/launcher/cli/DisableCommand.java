package io.kontor.platform.launcher.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** A plugin switched off for a store. */
@CommandLine.Command(name = "disable", description = "Disables a plugin for a store.")
final class DisableCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "STORE", description = "The store's id.")
    private String store;

    @Parameters(index = "1", paramLabel = "PLUGIN", description = "The plugin's id.")
    private String plugin;

    DisableCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        api.delete(ApiClient.path("stores", store, "plugins", plugin));
        say(plugin + " is disabled for " + store + ".");
    }
}
