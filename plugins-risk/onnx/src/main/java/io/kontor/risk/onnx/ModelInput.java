package io.kontor.risk.onnx;

import io.kontor.api.KontorException;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.SharedKey;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One column of the classifier's input, written as one line. Immutable.
 *
 * <p>{@code amount} and {@code attr.NAME} are numbers as they stand; {@code FIELD=TEXT} is 1 or 0; {@code hour} and {@code weekday} are those
 * of the store's time zone; {@code count(KEY, 24h)}, {@code sum(FIELD, KEY, 7d)} and {@code distinct(FIELD, KEY, 30d)} are made of the
 * transactions that have a key in common with this one, this one included; {@code age(KEY)} is the number of hours since the first of
 * them. What is missing is NaN, or the number after {@code or}, as in {@code attr.age or -1}.
 *
 * @param line as the operator wrote it
 * @param source gives the number
 * @param otherwise stands for what is missing; may be NaN
 */
record ModelInput(String line, Source source, float otherwise) {

    private static final Pattern LINE = Pattern.compile("\\s*(.+?)(?:\\s+or\\s+(\\S+))?\\s*");
    private static final Pattern CALL = Pattern.compile("(count|sum|distinct|age)\\((.*)\\)");
    private static final Pattern WINDOW = Pattern.compile("(\\d{1,6})([mhd])");
    private static final double MINUTES_OF_HOUR = 60;

    /** Gives the number of a transaction. */
    @FunctionalInterface
    interface Source {

        /**
         * The number.
         *
         * @param request the transaction and what came before it
         * @param local its time in the store's zone
         * @return NaN when it is missing
         */
        double of(RiskRequest request, ZonedDateTime local);
    }

    /**
     * Reads lines.
     *
     * @param lines one a column
     * @return one a line
     * @throws KontorException of kind CONFIGURATION naming the line that is not understood
     */
    static List<ModelInput> of(List<String> lines) {
        List<ModelInput> inputs = new ArrayList<>();
        for (String line : lines) {
            inputs.add(of(line));
        }
        return List.copyOf(inputs);
    }

    private static ModelInput of(String line) {
        Matcher parts = LINE.matcher(line);
        try {
            if (!parts.matches()) {
                throw new IllegalArgumentException("it is empty");
            }
            return new ModelInput(line, source(parts.group(1)), parts.group(2) == null ? Float.NaN : Float.parseFloat(parts.group(2)));
        } catch (NumberFormatException e) {
            throw refused(line, parts.group(2) + " is no number", e);
        } catch (IllegalArgumentException e) {
            throw refused(line, e.getMessage(), e);
        }
    }

    private static KontorException refused(String line, String why, Exception cause) {
        return new KontorException(KontorException.Kind.CONFIGURATION, "The input " + OnnxFile.quoted(line) + " is not understood: " + why
                + ".", cause);
    }

    private static Source source(String term) {
        Matcher call = CALL.matcher(term);
        if (call.matches()) {
            return number(aggregate(call.group(1), Arrays.stream(call.group(2).split(",")).map(String::strip).toList()));
        } else if (term.equals("hour")) {
            return (request, local) -> local.getHour() + local.getMinute() / MINUTES_OF_HOUR;
        } else if (term.equals("weekday")) {
            return (request, local) -> local.getDayOfWeek().getValue();
        }
        int equals = term.indexOf('=');
        if (equals > 0) {
            RuleQuantity field = new RuleQuantity.Field(term.substring(0, equals).strip());
            String text = term.substring(equals + 1).strip();
            return (request, local) -> field.of(request).filter(text::equals).isPresent() ? 1 : 0;
        }
        RuleQuantity.Field field = new RuleQuantity.Field(term);
        if (!term.equals(RuleQuantity.Field.AMOUNT) && !RuleQuantity.Field.attribute(term)) {
            throw new IllegalArgumentException(term + " is a text; write " + term + "=TEXT for 1 or 0");
        }
        return number(field);
    }

    private static Source number(RuleQuantity quantity) {
        return (request, local) -> quantity.of(request).map(value -> value instanceof Double number ? number : Double.NaN).orElse(Double.NaN);
    }

    private static RuleQuantity aggregate(String name, List<String> arguments) {
        int wanted = name.equals("age") ? 1 : name.equals("count") ? 2 : 3;
        if (arguments.size() != wanted) {
            throw new IllegalArgumentException(name + " takes " + wanted + (wanted == 1 ? " argument" : " arguments"));
        }
        return switch (name) {
            case "age" -> new RuleQuantity.Age(key(arguments.get(0)));
            case "count" -> new RuleQuantity.Windowed(RuleQuantity.Aggregate.COUNT, null, key(arguments.get(0)), window(arguments.get(1)));
            default -> new RuleQuantity.Windowed(name.equals("sum") ? RuleQuantity.Aggregate.SUM : RuleQuantity.Aggregate.DISTINCT,
                    new RuleQuantity.Field(arguments.get(0)), key(arguments.get(1)), window(arguments.get(2)));
        };
    }

    private static SharedKey key(String field) {
        return SharedKey.of(field).orElseThrow(() -> new IllegalArgumentException(field + " links no transactions; "
                + String.join(", ", Arrays.stream(SharedKey.values()).map(SharedKey::field).toList()) + " do"));
    }

    private static Duration window(String text) {
        Matcher parts = WINDOW.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + " is no time such as 30m, 24h or 7d");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /**
     * The row of a transaction.
     *
     * @param inputs the columns
     * @param request the transaction and what came before it
     * @param zone the store's
     * @return one number a column
     */
    static float[] row(List<ModelInput> inputs, RiskRequest request, ZoneId zone) {
        ZonedDateTime local = request.transaction().time().atZone(zone);
        float[] row = new float[inputs.size()];
        for (int column = 0; column < row.length; column++) {
            ModelInput input = inputs.get(column);
            float value = (float) input.source.of(request, local);
            row[column] = Float.isNaN(value) ? input.otherwise : value;
        }
        return row;
    }
}
