package io.kontor.api.metric;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Generated cases with what other implementations say of them, from a file which the Python script of its name beside it makes. */
final class Reference {

    private final Map<String, double[]> numbers = new HashMap<>();
    private final String file;

    Reference() {
        this("reference.txt");
    }

    Reference(String file) {
        this.file = file;
        try (BufferedReader in = new BufferedReader(new InputStreamReader(Reference.class.getResourceAsStream(file),
                StandardCharsets.UTF_8))) {
            in.lines().map(line -> line.split(" "))
                    .forEach(parts -> numbers.put(parts[0], Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] all(String name) {
        if (!numbers.containsKey(name)) {
            throw new AssertionError(file + " has no " + name);
        }
        return numbers.get(name);
    }

    double one(String name) {
        return all(name)[0];
    }

    boolean[] flags(String name) {
        double[] all = all(name);
        boolean[] flags = new boolean[all.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = all[i] != 0;
        }
        return flags;
    }

    double[] row(String name, int row, int width) {
        return Arrays.copyOfRange(all(name), row * width, (row + 1) * width);
    }
}
