package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;

/** The end of the server. */
@CommandLine.Command(name = "stop", description = "Stops the server; running requests finish.")
final class StopCommand extends Command {

    /** More than the server takes at most. */
    private static final int LIMIT_SECONDS = 20;

    StopCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Optional<ProcessHandle> process = installation().process();
        if (process.isEmpty()) {
            screen().out().println("Kontor is not running.");
            return 0;
        }
        long pid = process.get().pid();
        if (!process.get().destroy()) {
            throw new CommandFailure("The process " + pid + " cannot be stopped by this user.");
        }
        try {
            process.get().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            screen().out().println("Kontor has stopped.");
            return 0;
        } catch (TimeoutException | ExecutionException e) {
            throw new CommandFailure("Kontor has not stopped after " + LIMIT_SECONDS + " s (process " + pid + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The command was interrupted; Kontor is stopping (process " + pid + ").");
        }
    }
}
