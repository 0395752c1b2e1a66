package io.kontor.platform.launcher.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** A bundle less on the running server. */
@CommandLine.Command(name = "undeploy", description = "Removes a plugin bundle.")
final class UndeployCommand extends ClientCommand {

    @Parameters(paramLabel = "NAME[/VERSION]", description = "Symbolic name, and the version where several are deployed.")
    private String bundle;

    UndeployCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    void run(ApiClient api) {
        int slash = bundle.indexOf('/');
        String name = slash < 0 ? bundle : bundle.substring(0, slash);
        String version = slash < 0 ? onlyVersion(api, name) : bundle.substring(slash + 1);
        api.delete(ApiClient.path("bundles", name, version));
        say("Removed " + name + " " + version + ".");
    }

    private static String onlyVersion(ApiClient api, String name) {
        List<String> versions = api.items("/bundles").stream().filter(item -> item.path("symbolicName").asText().equals(name))
                .map(item -> item.path("version").asText()).toList();
        return switch (versions.size()) {
            case 0 -> throw new CommandFailure("There is no bundle " + name + ".");
            case 1 -> versions.get(0);
            default -> throw new CommandFailure("There are several versions of " + name + ": " + String.join(", ", versions)
                    + "; name one as " + name + "/" + versions.get(0) + ".");
        };
    }
}
