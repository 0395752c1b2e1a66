package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.Server;
import io.kontor.platform.launcher.Settings;
import io.kontor.platform.launcher.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The server in the foreground. */
@CommandLine.Command(name = "run", description = "Runs the server in the foreground, until Ctrl-C or SIGTERM.")
final class RunCommand extends Command {

    /** Given by {@link StartCommand}. */
    static final String BACKGROUND = "--background";

    @Option(names = BACKGROUND, hidden = true)
    private boolean background;

    RunCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Settings settings = installation().settings();
        (background ? new Server(settings, "WARN", Server::leaveConsole) : new Server(settings, "INFO", () -> { })).run();
        return 0;
    }
}
