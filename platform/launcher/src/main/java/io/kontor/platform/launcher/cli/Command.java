package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What the commands share. A command ends with 0 only when it did what was asked. */
abstract class Command implements Callable<Integer> {

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this text.")
    private boolean help;

    private final Installation installation;
    private final Screen screen;

    Command(Installation installation, Screen screen) {
        this.installation = installation;
        this.screen = screen;
    }

    Installation installation() {
        return installation;
    }

    Screen screen() {
        return screen;
    }

    @Override
    public abstract Integer call() throws StartFailure;
}
