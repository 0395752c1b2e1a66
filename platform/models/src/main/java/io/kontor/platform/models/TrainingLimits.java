package io.kontor.platform.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one training run or search may take. Immutable.
 *
 * @param threads how many threads it may compute on; 1 to 256; null where nothing is said
 * @param memoryMb how many MiB of the heap it may hold; 16 to 1,048,576; null where nothing is said
 * @param minutes how long a training run may take; 1 to 43,200; null where nothing is said
 */
public record TrainingLimits(Integer threads, Integer memoryMb, Integer minutes) {

    /** Nothing is said. */
    public static final TrainingLimits NONE = new TrainingLimits(null, null, null);

    /** The framework property with what holds where a store says nothing, such as {@code threads=2, memory=400m, time=2h}. */
    public static final String SETTING = "kontor.training.limits";

    private static final int MOST_THREADS = 256;
    private static final int LEAST_MEMORY = 16;
    private static final int MOST_MEMORY = 1 << 20;
    private static final int MOST_MINUTES = 30 * 24 * 60;
    private static final Pattern PART = Pattern.compile("(threads|memory|time)\\s*=\\s*([1-9]\\d{0,6})([mghd]?)");

    /**
     * A value out of range.
     *
     * @param field its name
     * @param least the smallest value
     * @param most the greatest value
     */
    public record Fault(String field, int least, int most) {

        /**
         * What it must be, in words.
         *
         * @return the rest of a sentence that begins with the field's name
         */
        public String message() {
            return "must be from " + least + " to " + most;
        }
    }

    /**
     * Reads the installation's setting.
     *
     * @param setting parts separated by commas; null for none
     * @return the limits
     * @throws IllegalArgumentException with the part that is wrong
     */
    public static TrainingLimits parse(String setting) {
        TrainingLimits limits = NONE;
        for (String part : setting == null || setting.isBlank() ? new String[0] : setting.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new IllegalArgumentException(part.strip());
            }
            limits = limits.with(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3));
            if (!limits.faults().isEmpty()) {
                throw new IllegalArgumentException(part.strip());
            }
        }
        return limits;
    }

    private TrainingLimits with(String name, int value, String unit) {
        return switch (name + unit) {
            case "threads" -> new TrainingLimits(value, memoryMb, minutes);
            case "memorym" -> new TrainingLimits(threads, value, minutes);
            case "memoryg" -> new TrainingLimits(threads, (int) Math.min(Integer.MAX_VALUE, value * 1_024L), minutes);
            case "timem" -> new TrainingLimits(threads, memoryMb, value);
            case "timeh" -> new TrainingLimits(threads, memoryMb, (int) Math.min(Integer.MAX_VALUE, value * 60L));
            case "timed" -> new TrainingLimits(threads, memoryMb, (int) Math.min(Integer.MAX_VALUE, value * 1_440L));
            default -> throw new IllegalArgumentException(name + "=" + value + unit);
        };
    }

    /**
     * These, and others where these say nothing.
     *
     * @param others what holds then
     * @return the limits
     */
    public TrainingLimits or(TrainingLimits others) {
        return new TrainingLimits(threads == null ? others.threads : threads, memoryMb == null ? others.memoryMb : memoryMb,
                minutes == null ? others.minutes : minutes);
    }

    /**
     * What is out of range.
     *
     * @return empty when all is well
     */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        between(faults, "threads", threads, 1, MOST_THREADS);
        between(faults, "memoryMb", memoryMb, LEAST_MEMORY, MOST_MEMORY);
        between(faults, "minutes", minutes, 1, MOST_MINUTES);
        return faults;
    }

    private static void between(List<Fault> faults, String field, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            faults.add(new Fault(field, least, most));
        }
    }
}
