package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.StartFailure;

/** A command that talks to the running server. */
abstract class ClientCommand extends Command {

    ClientCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public final Integer call() throws StartFailure {
        run(installation().connect());
        return 0;
    }

    /** Does the work, or throws a {@link CommandFailure}. */
    abstract void run(ApiClient api);

    void say(String line) {
        screen().out().println(line);
    }
}
