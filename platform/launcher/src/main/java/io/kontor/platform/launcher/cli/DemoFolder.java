package io.kontor.platform.launcher.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The note in the data folder that says that it holds the demo, and which. */
final class DemoFolder {

    private final Path data;

    DemoFolder(Path data) {
        this.data = data;
    }

    /**
     * Which demo a folder holds.
     *
     * @param seed of the generated records
     * @param last day with records
     * @param complete whether all was loaded and trained
     */
    record Content(long seed, LocalDate last, boolean complete) {

        Content completed() {
            return new Content(seed, last, true);
        }
    }

    Path path() {
        return data;
    }

    /** Whether there is nothing in the folder yet. */
    boolean empty() {
        if (!Files.isDirectory(data)) {
            return true;
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Content> content() {
        if (!Files.exists(file())) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file())) {
            properties.load(reader);
            return Optional.of(new Content(Long.parseLong(properties.getProperty("seed")), LocalDate.parse(properties.getProperty("last")),
                    Boolean.parseBoolean(properties.getProperty("complete"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new CommandFailure("The file " + file() + " is damaged; remove the folder " + data + " to have the demo made again.");
        }
    }

    void write(Content content) {
        try {
            Files.writeString(file(), "seed=" + content.seed + "\nlast=" + content.last + "\ncomplete=" + content.complete + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return data.resolve("demo.properties");
    }
}
