package io.kontor.platform.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The jars of the product, by start level: {@code system/<level>/*.jar}. The folders are the whole plan of the start, so that an operator
 * can read it.
 *
 * @param byLevel start level of at least 1 to its jars in the order of their names
 */
record SystemBundles(SortedMap<Integer, List<Path>> byLevel) {

    static SystemBundles in(Path folder) throws StartFailure {
        SortedMap<Integer, List<Path>> levels = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path level : entries.filter(Files::isDirectory).toList()) {
                levels.put(number(level), jars(level));
            }
        } catch (IOException e) {
            throw StartFailure.failed("The folder " + folder + " cannot be read; unpack Kontor again.", e);
        }
        return new SystemBundles(levels);
    }

    int highestLevel() {
        return byLevel.isEmpty() ? 1 : byLevel.lastKey();
    }

    private static int number(Path level) throws StartFailure {
        String name = level.getFileName().toString();
        if (!name.matches("[1-9][0-9]{0,3}")) {
            throw StartFailure.failed("The folder " + level + " is not named by a start level.");
        }
        return Integer.parseInt(name);
    }

    /** The jars of a folder in the order of their names. */
    static List<Path> jars(Path level) throws IOException {
        try (Stream<Path> files = Files.list(level)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }
}
