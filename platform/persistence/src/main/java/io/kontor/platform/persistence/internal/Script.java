package io.kontor.platform.persistence.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import org.osgi.framework.Bundle;

/**
 * A migration script of a bundle.
 *
 * @param name file name, {@code V<number>__<words>.sql}
 * @param sql its text
 */
record Script(String name, String sql) {

    private static final String FOLDER = "db/migration";

    static List<Script> of(Bundle bundle) {
        Enumeration<URL> found = bundle.findEntries(FOLDER, "V*.sql", false);
        return found == null ? List.of() : read(Collections.list(found));
    }

    static List<Script> read(List<URL> urls) {
        List<Script> scripts = new ArrayList<>();
        for (URL url : urls) {
            try (InputStream in = url.openStream()) {
                String path = url.getPath();
                scripts.add(new Script(path.substring(path.lastIndexOf('/') + 1), new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException("the migration " + url + " cannot be read", e);
            }
        }
        scripts.sort(Comparator.comparing(Script::name));
        return scripts;
    }
}
