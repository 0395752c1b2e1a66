package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** A new bundle on the running server. */
@CommandLine.Command(name = "deploy", description = "Deploys a plugin bundle.")
final class DeployCommand extends ClientCommand {

    @Parameters(paramLabel = "FILE", description = "The bundle's jar.", converter = ExistingFile.class)
    private Path file;

    DeployCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        JsonNode bundle = api.upload("/bundles", file, "application/java-archive", "", sent -> { });
        say("Deployed " + bundle.path("symbolicName").asText() + " " + bundle.path("version").asText() + ".");
        bundle.path("plugins").forEach(plugin -> say("  plugin " + plugin.asText()));
    }
}
