package io.kontor.platform.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The settings of one installation, checked: from the environment, else {@code etc/kontor.properties}, else the defaults. An empty value
 * counts as not set. Immutable; its text never shows a value, as some are secret.
 *
 * @param home the unpacked folder
 * @param host address to listen on
 * @param port 0 to 65535; 0 picks a free one
 * @param data absolute folder of all that is written
 * @param deploy absolute hot-deploy folder
 * @param given the settings without a default that were given
 */
public record Settings(Path home, String host, int port, Path data, Path deploy, Map<Setting, String> given) {

    private static final String FILE = "etc/kontor.properties";
    private static final Pattern JOB_LIMIT = Pattern.compile("([a-z][a-z-]*(/[a-z0-9-]+)?\\s*=\\s*)?[1-9]\\d{0,5}[smhd]");
    private static final Pattern TRAINING_LIMIT = Pattern.compile("threads\\s*=\\s*([1-9]\\d?|1\\d\\d)"
            + "|memory\\s*=\\s*([1-9]\\d{2,5}m|[1-9]\\d{0,2}g)|time\\s*=\\s*([1-9]\\d{0,3}m|([1-9]\\d?|[1-6]\\d\\d)h|([1-9]|[12]\\d|30)d)");
    private static final int SHORTEST_KEY = 16;

    /** Copies the map. */
    public Settings {
        given = Map.copyOf(given);
    }

    /**
     * Reads and checks all settings.
     *
     * @param home the unpacked folder
     * @param environment usually {@link System#getenv()}
     * @return the settings
     * @throws StartFailure naming the variable or key that is wrong
     */
    public static Settings load(Path home, Map<String, String> environment) throws StartFailure {
        Properties file = readFile(home);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, find(setting, environment, file, home));
        }
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (setting.defaultValue().isEmpty() && !values.get(setting).text().isEmpty()) {
                given.put(setting, values.get(setting).text());
            }
        }
        checkDatabase(values.get(Setting.DB_URL));
        checkParts(values.get(Setting.JOB_LIMITS), JOB_LIMIT, "6h, import=30m or train/berlin=1d");
        checkParts(values.get(Setting.TRAINING_LIMITS), TRAINING_LIMIT, "threads=2, memory=400m or time=2h");
        checkApiKey(values.get(Setting.API_KEY));
        return new Settings(home, values.get(Setting.HOST).text(), port(values.get(Setting.PORT)),
                folder(values.get(Setting.DATA)), folder(values.get(Setting.DEPLOY)), given);
    }

    /**
     * A setting that has no default.
     *
     * @param setting such as {@link Setting#DB_URL}
     * @return its value if it was given
     */
    public Optional<String> given(Setting setting) {
        return Optional.ofNullable(given.get(setting));
    }

    /**
     * These settings but for one.
     *
     * @param setting one that has no default
     * @param value its value
     * @return a copy
     */
    public Settings with(Setting setting, String value) {
        Map<Setting, String> more = new EnumMap<>(Setting.class);
        more.putAll(given);
        more.put(setting, value);
        return new Settings(home, host, port, data, deploy, more);
    }

    @Override
    public String toString() {
        return "Settings of " + home;
    }

    private static Properties readFile(Path home) throws StartFailure {
        Properties properties = new Properties();
        Path file = home.resolve(FILE);
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw StartFailure.wrongSetting("The file " + file + " cannot be read: " + e.getMessage() + ".");
            }
        }
        for (String key : properties.stringPropertyNames()) {
            if (!isKnown(key)) {
                throw StartFailure.wrongSetting("The file " + file + " has a setting that Kontor does not know: " + key + ".");
            }
        }
        return properties;
    }

    private static boolean isKnown(String key) {
        for (Setting setting : Setting.values()) {
            if (setting.key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static Value find(Setting setting, Map<String, String> environment, Properties file, Path home) {
        String variable = environment.getOrDefault(setting.variable(), "").strip();
        if (!variable.isEmpty()) {
            return new Value(setting.variable(), variable, Path.of(""));
        }
        String entry = file.getProperty(setting.key(), "").strip();
        if (!entry.isEmpty()) {
            return new Value(setting.key() + " in " + FILE, entry, home);
        }
        return new Value(setting.variable(), setting.defaultValue(), home);
    }

    private static int port(Value value) throws StartFailure {
        try {
            int port = Integer.parseInt(value.text());
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers that are out of range
        }
        throw StartFailure.wrongSetting(value.name() + " is \"" + value.text() + "\", but must be a whole number from 0 to 65535.");
    }

    private static Path folder(Value value) throws StartFailure {
        try {
            return value.base().toAbsolutePath().resolve(value.text()).normalize();
        } catch (InvalidPathException e) {
            throw StartFailure.wrongSetting(value.name() + " is not the name of a folder: " + e.getMessage() + ".");
        }
    }

    private static void checkDatabase(Value url) throws StartFailure {
        String text = url.text();
        if (!text.isEmpty() && !text.startsWith("jdbc:postgresql:") && !text.startsWith("jdbc:h2:")) {
            throw StartFailure.wrongSetting(url.name() + " must begin with jdbc:postgresql: or jdbc:h2:.");
        }
    }

    private static void checkParts(Value limits, Pattern pattern, String example) throws StartFailure {
        for (String part : limits.text().isEmpty() ? new String[0] : limits.text().split(",", -1)) {
            if (!pattern.matcher(part.strip()).matches()) {
                throw StartFailure.wrongSetting(limits.name() + " has \"" + part.strip()
                        + "\", but must have parts such as " + example + ".");
            }
        }
    }

    private static void checkApiKey(Value key) throws StartFailure {
        if (!key.text().isEmpty() && key.text().length() < SHORTEST_KEY) {
            throw StartFailure.wrongSetting(key.name() + " must have at least " + SHORTEST_KEY + " characters.");
        }
    }

    /** A setting's text, the name under which the operator knows it, and the folder a relative path starts from. */
    private record Value(String name, String text, Path base) {
    }
}
