package io.kontor.platform.launcher;

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
        try {
            new Server(Settings.load(Path.of(System.getProperty("kontor.home")).toAbsolutePath(), System.getenv()), false).run();
            System.exit(0);
        } catch (StartFailure e) {
            System.err.println("Kontor cannot start: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }
}
