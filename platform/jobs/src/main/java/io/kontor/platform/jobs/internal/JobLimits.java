package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long jobs may run, as the operator has set it: one limit for all, and others for a type of job or for a type in one store, for example
 * {@code 6h, import=2h, train/berlin=1d}. Immutable.
 */
final class JobLimits {

    /** What holds for all jobs when the operator has set nothing. */
    static final String DEFAULT = "6h";

    private static final Pattern PART = Pattern.compile("(?:([a-z][a-z-]*(?:/[a-z0-9-]+)?)\\s*=\\s*)?([1-9]\\d{0,5})([smhd])");

    private final Map<String, Duration> limits = new HashMap<>();

    /**
     * Reads a setting.
     *
     * @param setting parts separated by commas; null for the default
     * @throws KontorException of kind CONFIGURATION naming the part that is wrong
     */
    JobLimits(String setting) {
        add(DEFAULT);
        for (String part : setting == null ? new String[0] : setting.split(",")) {
            add(part.strip());
        }
    }

    private void add(String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "KONTOR_JOB_LIMITS has \"" + part
                    + "\", but must have parts such as 6h, import=30m or train/berlin=1d.");
        }
        long count = Long.parseLong(matcher.group(2));
        limits.put(matcher.group(1) == null ? "" : matcher.group(1), switch (matcher.group(3)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        });
    }

    /** How long a job may run: the limit for its type in its store, else for its type, else for all. */
    Duration of(String type, String store) {
        Duration own = store == null ? null : limits.get(type + "/" + store);
        return own != null ? own : limits.getOrDefault(type, limits.get(""));
    }

    /** A limit as the setting writes it, in the largest unit that it is a whole number of. */
    static String words(Duration limit) {
        long seconds = limit.toSeconds();
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds % 3_600 == 0 ? seconds / 3_600 + "h"
                : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
