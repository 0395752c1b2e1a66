package io.kontor.platform.admin.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path TEXTS = Path.of("src/main/resources/texts");
    private static final Pattern USED = Pattern.compile("text\\(\"([a-z][a-z-]*\\.[^\"]+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            texts.load(in);
        }
        return texts;
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        for (Path english : files(TEXTS, ".properties")) {
            String name = english.getFileName().toString();
            if (name.endsWith("_zh.properties")) {
                continue;
            }
            Properties one = read(english);
            Properties other = read(TEXTS.resolve(name.replace(".properties", "_zh.properties")));
            assertEquals(new TreeSet<>(one.stringPropertyNames()), new TreeSet<>(other.stringPropertyNames()), name);
            for (String key : one.stringPropertyNames()) {
                assertTrue(places(one.getProperty(key)).containsAll(places(other.getProperty(key))), key);
                assertTrue(key.startsWith(name.substring(0, name.indexOf('.')) + "."), key);
            }
        }
    }

    @Test
    void everyTextThatAPageNamesIsThere() throws IOException {
        Properties all = new Properties();
        for (Path file : files(TEXTS, ".properties")) {
            all.putAll(read(file));
        }
        List<String> missing = new ArrayList<>();
        List<Path> sources = new ArrayList<>(files(Path.of("src/main/jte"), ".jte"));
        sources.addAll(files(Path.of("src/main/java"), ".java"));
        for (Path source : sources) {
            Matcher used = USED.matcher(Files.readString(source));
            while (used.find()) {
                if (!used.group(1).endsWith(".") && !all.containsKey(used.group(1))) {
                    missing.add(source + ": " + used.group(1));
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void fillsInAndFallsBackToTheKey() {
        assertEquals("店铺 berlin 已存在。", new Texts(Locale.SIMPLIFIED_CHINESE).get("installation.store-taken", "berlin"));
        assertEquals("1 row was put aside", "1 " + new Texts(Locale.ENGLISH).get("home.quarantined", 1));
        assertEquals("rows were put aside", new Texts(Locale.ENGLISH).get("home.quarantined", 2));
        assertEquals("home.nothing-like-that", new Texts(Locale.ENGLISH).get("home.nothing-like-that"));
        assertEquals("else", new Texts(Locale.ENGLISH).or("home.nothing-like-that", "else"));
    }
}
