package io.kontor.platform.launcher.cli;

import io.kontor.platform.launcher.DataFolder;
import io.kontor.platform.launcher.Settings;
import io.kontor.platform.launcher.StartFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The server in the background. */
@CommandLine.Command(name = "start", description = "Starts the server in the background and waits until it is ready.")
final class StartCommand extends Command {

    private static final long PAUSE_MILLIS = 50;
    private static final String READY = "Kontor is ready at ";

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "120", description = "How long to wait at most (${DEFAULT-VALUE}).")
    private int timeout;

    StartCommand(Installation installation, Screen screen) {
        super(installation, screen);
    }

    @Override
    public Integer call() throws StartFailure {
        Optional<ProcessHandle> running = installation().process();
        if (running.isPresent()) {
            screen().out().println("Kontor is running already (process " + running.get().pid() + ").");
            return 0;
        }
        Settings settings = installation().settings();
        try {
            Path output = DataFolder.emptyRunFile(settings.data(), "start.out");
            try {
                return follow(launch(settings, output), output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not a child that ends with this terminal: nohup, and none of this process's streams. */
    private static Process launch(Settings settings, Path output) throws IOException {
        String kontor = settings.home().resolve("bin").resolve("kontor").toString();
        return new ProcessBuilder("nohup", kontor, "run", RunCommand.BACKGROUND)
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private int follow(Process server, Path output) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeout);
        try (RandomAccessFile reader = new RandomAccessFile(output.toFile(), "r")) {
            while (System.nanoTime() < deadline) {
                boolean ended = server.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (pass(reader)) {
                    return 0;
                } else if (ended) {
                    return server.exitValue() == 0 ? 1 : server.exitValue();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CommandFailure("Kontor is not ready after " + timeout + " s; it goes on starting (process " + server.pid() + ").");
    }

    /** Passes on what the server has written; true when it says that it is ready. */
    private boolean pass(RandomAccessFile reader) throws IOException {
        long begin = reader.getFilePointer();
        byte[] bytes = new byte[(int) (reader.length() - begin)];
        reader.readFully(bytes);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        reader.seek(begin + end);
        boolean ready = false;
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
            (line.startsWith("Kontor cannot start") ? screen().err() : screen().out()).println(line);
            ready |= line.startsWith(READY);
        }
        return ready;
    }
}
