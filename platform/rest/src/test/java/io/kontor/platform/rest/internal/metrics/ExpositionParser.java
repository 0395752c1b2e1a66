package io.kontor.platform.rest.internal.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format 0.0.4 as strictly as its specification says; whatever breaks a rule throws. */
final class ExpositionParser {

    private static final Pattern HEADER = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private String family = "";

    private ExpositionParser() {
    }

    /** The samples by name and labels as they stand. */
    static Map<String, Double> parse(String text) {
        ExpositionParser parser = new ExpositionParser();
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        for (String line : text.split("\n")) {
            parser.read(line);
        }
        return parser.samples;
    }

    private void read(String line) {
        Matcher header = HEADER.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (header.matches()) {
            enter(header.group(2));
            boolean help = header.group(1).equals("HELP");
            if (help ? !helped.add(family) : types.put(family, header.group(3)) != null) {
                throw new IllegalArgumentException("twice: " + line);
            }
        } else if (sample.matches()) {
            enter(familyOf(sample.group(1)));
            labels(sample.group(2) == null ? "" : sample.group(2));
            String series = line.substring(0, line.lastIndexOf(' '));
            if (samples.put(series, Double.valueOf(sample.group(3).replace("Inf", "Infinity"))) != null) {
                throw new IllegalArgumentException("twice: " + series);
            }
        } else {
            throw new IllegalArgumentException("neither header nor sample: " + line);
        }
    }

    private String familyOf(String name) {
        String stem = name.replaceFirst("_(bucket|sum|count)$", "");
        String found = "histogram".equals(types.get(stem)) ? stem : name;
        if (!types.containsKey(found)) {
            throw new IllegalArgumentException("a sample without a type: " + name);
        }
        return found;
    }

    private void enter(String name) {
        if (!name.equals(family)) {
            ended.add(family);
            family = name;
            if (ended.contains(name)) {
                throw new IllegalArgumentException("the lines of " + name + " are not together");
            }
        }
    }

    private static void labels(String text) {
        Matcher label = LABEL.matcher(text);
        Set<String> names = new HashSet<>();
        int end = 0;
        while (end < text.length() && label.find(end) && label.start() == end && names.add(label.group(1))) {
            end = label.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("not labels: " + text);
        }
    }
}
