package io.kontor.platform.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    private Path home;

    @Test
    void listensOnLoopbackAndKeepsItsDataInTheUnpackedFolderByDefault() throws StartFailure {
        Settings settings = Settings.load(home, Map.of());
        assertEquals("127.0.0.1", settings.host());
        assertEquals(8080, settings.port());
        assertEquals(home.resolve("data"), settings.data());
        assertEquals(home.resolve("deploy"), settings.deploy());
        assertEquals(Map.of(), settings.given());
    }

    @Test
    void theEnvironmentComesBeforeTheFileAndTheFileBeforeTheDefault() throws Exception {
        write("kontor.port=9000\nkontor.host=0.0.0.0\n");
        Settings settings = Settings.load(home, Map.of("KONTOR_PORT", "0"));
        assertEquals(0, settings.port());
        assertEquals("0.0.0.0", settings.host());
    }

    @Test
    void anEmptyVariableCountsAsNotSet() throws Exception {
        write("kontor.db.url=jdbc:postgresql://db/kontor\n");
        Settings settings = Settings.load(home, Map.of("KONTOR_DB_URL", " ", "KONTOR_API_KEY", ""));
        assertEquals(Optional.of("jdbc:postgresql://db/kontor"), settings.given(Setting.DB_URL));
        assertEquals(Optional.empty(), settings.given(Setting.API_KEY));
    }

    @Test
    void aRelativeFolderIsOfTheUnpackedFolderInTheFileAndOfTheCurrentFolderInTheEnvironment() throws Exception {
        write("kontor.data=var\n");
        Settings settings = Settings.load(home, Map.of("KONTOR_DEPLOY", "plugins"));
        assertEquals(home.resolve("var"), settings.data());
        assertEquals(Path.of("plugins").toAbsolutePath(), settings.deploy());
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "0h", "6h,", "import=", "Import=3h", "train/=1d"})
    void refusesLimitsOfJobsThatAreNone(String limits) throws StartFailure {
        Settings.load(home, Map.of("KONTOR_JOB_LIMITS", "6h, import=30m,train/berlin = 1d"));
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of("KONTOR_JOB_LIMITS", limits)));
        assertTrue(failure.getMessage().startsWith("KONTOR_JOB_LIMITS has \""), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "threads=0", "memory=400", "memory=10m", "time=2", "time=2h,", "disk=1g"})
    void refusesLimitsOfTrainingsThatAreNone(String limits) throws StartFailure {
        Settings.load(home, Map.of("KONTOR_TRAINING_LIMITS", "threads=2, memory = 400m,time=2h"));
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of("KONTOR_TRAINING_LIMITS", limits)));
        assertTrue(failure.getMessage().startsWith("KONTOR_TRAINING_LIMITS has \""), failure.getMessage());
    }

    @Test
    void refusesAnApiKeyThatIsTooShortWithoutShowingIt() throws StartFailure {
        assertEquals(Optional.of("0123456789abcdef"), Settings.load(home, Map.of("KONTOR_API_KEY", "0123456789abcdef")).given(Setting.API_KEY));
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of("KONTOR_API_KEY", "0123456789abcde")));
        assertEquals("KONTOR_API_KEY must have at least 16 characters.", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "80.5"})
    void refusesAPortThatIsNone(String port) {
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of("KONTOR_PORT", port)));
        assertEquals("KONTOR_PORT is \"" + port + "\", but must be a whole number from 0 to 65535.", failure.getMessage());
        assertEquals(StartFailure.USAGE, failure.exitCode());
    }

    @Test
    void namesTheKeyOfTheFileThatIsWrong() throws IOException {
        write("kontor.port=many\n");
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of()));
        assertTrue(failure.getMessage().startsWith("kontor.port in etc/kontor.properties is \"many\""), failure.getMessage());
    }

    @Test
    void refusesASettingThatItDoesNotKnow() throws IOException {
        write("kontor.prot=9000\n");
        StartFailure failure = assertThrows(StartFailure.class, () -> Settings.load(home, Map.of()));
        assertTrue(failure.getMessage().endsWith("has a setting that Kontor does not know: kontor.prot."), failure.getMessage());
    }

    @Test
    void refusesADatabaseOfAnotherMakeWithoutShowingItsAddress() {
        StartFailure failure = assertThrows(StartFailure.class,
                () -> Settings.load(home, Map.of("KONTOR_DB_URL", "jdbc:mysql://db?password=secret")));
        assertEquals("KONTOR_DB_URL must begin with jdbc:postgresql: or jdbc:h2:.", failure.getMessage());
    }

    @Test
    void itsTextShowsNoSecret() throws StartFailure {
        Settings settings = Settings.load(home, Map.of("KONTOR_ADMIN_PASSWORD", "sesame"));
        assertFalse(settings.toString().contains("sesame"));
    }

    private void write(String text) throws IOException {
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/kontor.properties"), text);
    }
}
