package io.kontor.platform.admin.internal.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the pages about plugins and bundles. */
class BundleTextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"plugins", "bundles"})
    void bothLanguagesSayTheSame(String group) throws IOException {
        assertEquals(keys(group), keys(group + "_zh"));
    }

    private static Set<String> keys(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(BundleTextsTest.class.getResourceAsStream("/texts/" + file + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts.stringPropertyNames();
    }
}
