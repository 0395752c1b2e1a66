package io.kontor.source.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kontor.api.KontorException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * How far a feed was read: the watermark. Immutable.
 *
 * @param since the greatest value of the field that tells old records from new, of all complete runs; null when there is none
 * @param greatest the same with the run that was not finished; null when there is none
 * @param page where that run was to go on; null when none was broken off
 */
record Position(String since, String greatest, String page) {

    /** Nothing was read yet. */
    static final Position BEGIN = new Position(null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    static Position parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new Position(text(json, "since"), text(json, "greatest"), text(json, "page"));
        } catch (JsonProcessingException e) {
            throw new KontorException(KontorException.Kind.DATA, "The watermark \"" + text + "\" cannot be read; read all again.", e);
        }
    }

    private static String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.get(name).asText() : null;
    }

    String text() {
        ObjectNode json = JSON.createObjectNode();
        for (String[] part : new String[][] {{"since", since}, {"greatest", greatest}, {"page", page}}) {
            if (part[1] != null) {
                json.put(part[0], part[1]);
            }
        }
        return json.toString();
    }

    /** The greater of two values, either of which may be null: as numbers, as times with an offset, else as texts. */
    static String greater(String one, String other) {
        return one == null ? other : other == null || compare(one, other) >= 0 ? one : other;
    }

    private static int compare(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other));
        } catch (NumberFormatException noNumbers) {
            try {
                return OffsetDateTime.parse(one).toInstant().compareTo(OffsetDateTime.parse(other).toInstant());
            } catch (DateTimeException noTimes) {
                return one.compareTo(other);
            }
        }
    }

    /** A value a bit earlier: of numbers that many steps, of times that many seconds; of texts the same. */
    static String minus(String value, int overlap) {
        try {
            return new BigDecimal(value).subtract(BigDecimal.valueOf(overlap)).toPlainString();
        } catch (NumberFormatException noNumber) {
            try {
                return OffsetDateTime.parse(value).minus(Duration.ofSeconds(overlap)).toInstant().toString();
            } catch (DateTimeException noTime) {
                return value;
            }
        }
    }
}
