package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.launcher.DataFolder;
import io.kontor.platform.launcher.Setting;
import io.kontor.platform.launcher.Settings;
import io.kontor.platform.launcher.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The installation that a command works on. Its settings are read when they are asked for, so that {@code --help} works without them. */
final class Installation {

    private final Path home;
    private final Map<String, String> environment;

    /**
     * An installation.
     *
     * @param home the unpacked folder, absolute
     * @param environment of this process
     */
    Installation(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    Settings settings() throws StartFailure {
        return Settings.load(home, environment);
    }

    /** The process of the server; empty when none holds the data folder. */
    Optional<ProcessHandle> process() throws StartFailure {
        Path data = settings().data();
        try {
            if (!DataFolder.isHeld(data)) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(Files.readString(DataFolder.pidFile(data)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server answers; empty while it is not ready. */
    Optional<URI> address() throws StartFailure {
        try {
            JsonNode server = new ObjectMapper().readTree(DataFolder.serverFile(settings().data()).toFile());
            return Optional.of(URI.create(server.path("url").asText()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    ApiClient connect() throws StartFailure {
        if (process().isEmpty()) {
            throw new CommandFailure("Kontor is not running on the data folder " + settings().data() + "; start it with \"kontor start\".");
        }
        URI address = address().orElseThrow(() -> new CommandFailure("Kontor is still starting; try again in a moment."));
        return new ApiClient(address, key());
    }

    private String key() throws StartFailure {
        Optional<String> given = settings().given(Setting.API_KEY);
        if (given.isPresent()) {
            return given.get();
        }
        Path file = settings().data().resolve("run").resolve("cli.key");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure("There is no key: set KONTOR_API_KEY, or run the command as the user who runs the server.");
        }
    }
}
