package io.kontor.platform.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What makes one store what it is: the figures and words of its properties file, and the lines of its catalogue. */
final class Profile {

    private final String id;
    private final Properties properties = new Properties();

    private Profile(String id) {
        this.id = id;
        try (BufferedReader reader = open(id + ".properties")) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Profile of(String id) {
        return new Profile(id);
    }

    String id() {
        return id;
    }

    String text(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(id + " has no " + key);
        }
        return value;
    }

    double number(String key) {
        return Double.parseDouble(text(key));
    }

    int count(String key) {
        return Integer.parseInt(text(key));
    }

    double[] numbers(String key) {
        return Arrays.stream(text(key).split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    List<String> words(String key) {
        return List.of(text(key).split(","));
    }

    List<String> sentences(String key) {
        return List.of(text(key).split("\\|"));
    }

    /** Settings of a plugin, numbers as numbers unless quoted; empty where the defaults will do. */
    Map<String, Object> settings(String plugin) {
        Map<String, Object> settings = new TreeMap<>();
        for (String pair : properties.getProperty("settings." + plugin, "").split(",")) {
            String[] parts = pair.split(":");
            if (parts.length == 2) {
                settings.put(parts[0], parts[1].matches("\\d+") ? Integer.valueOf(parts[1]) : parts[1].replace("'", ""));
            }
        }
        return settings;
    }

    List<String> catalogue() {
        try (BufferedReader reader = open(id + ".txt")) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open(String name) {
        InputStream in = Profile.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
}
