package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine;

/** Whether the server runs. Exit codes as those of init scripts: 0 ready, 1 not ready yet, 3 not running. */
@CommandLine.Command(name = "status", description = "Tells whether the server runs: exit code 0 ready, 1 starting, 3 not running.")
final class StatusCommand extends Command {

    private static final int STARTING = 1;
    private static final int NOT_RUNNING = 3;

    StatusCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Optional<ProcessHandle> process = installation().process();
        if (process.isEmpty()) {
            screen().out().println("Kontor is not running.");
            return NOT_RUNNING;
        }
        Optional<URI> address = installation().address();
        if (address.isEmpty()) {
            screen().out().println("Kontor is starting (process " + process.get().pid() + ").");
            return STARTING;
        }
        screen().out().println("Kontor is ready at " + address.get() + " (process " + process.get().pid() + ").");
        return 0;
    }
}
