package io.kontor.platform.launcher;

import io.kontor.platform.launcher.cli.Commands;
import java.nio.file.Path;

/** Where the process begins. */
public final class Main {

    private Main() {
    }

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args as typed after {@code bin/kontor}
     */
    public static void main(String[] args) {
        Path home = Path.of(System.getProperty("kontor.home")).toAbsolutePath();
        System.exit(Commands.run(home, System.getenv(), System.out, System.err, args));
    }
}
