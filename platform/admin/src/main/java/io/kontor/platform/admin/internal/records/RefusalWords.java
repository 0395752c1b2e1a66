package io.kontor.platform.admin.internal.records;

import io.kontor.platform.admin.internal.shell.Visit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in the visitor's language why a row was refused. Reasons are kept with the rows as the one English sentence that the import gave; those
 * that are known are said again, others stay as they are.
 */
public final class RefusalWords {

    private static final Map<Pattern, String> KNOWN = new LinkedHashMap<>();

    static {
        know("(\\S+) is missing, which an? (\\S+) event needs", "missing-in-event");
        know("(\\S+) is missing", "missing");
        know("(\\S+) must be a number", "number");
        know("(\\S+) must not be below 0", "not-negative");
        know("(\\S+) must be above 0", "positive");
        know("(\\S+) must not be 0", "not-zero");
        know("(\\S+) must be 0, 1, true or false", "flag");
        know("(\\S+) must be a day such as (\\S+)", "day");
        know("(\\S+) must be a time such as (\\S+)", "time");
        know("(\\S+) must be one of (.+)", "one-of");
        know("(.+) is longer than (\\d+) characters", "too-long");
        know("(.+) contains bytes that are not UTF-8", "not-utf8");
        know("to must not be before from", "span");
        know("time is more than a day in the future", "future");
        know("there is no field (.+)", "no-field");
        know("the row has (\\d+) fields, the header (\\d+)", "fields");
        know("a quote is opened and not closed", "open-quote");
        know("a closing quote is followed by something other than a comma", "after-quote");
        know("the line is not an? (?:well-formed )?JSON object", "json");
    }

    private RefusalWords() {
    }

    private static void know(String sentence, String key) {
        KNOWN.put(Pattern.compile(sentence), "records.refusal." + key);
    }

    /**
     * A reason in the visitor's language.
     *
     * @param visit the request
     * @param reason as it is kept
     * @return the same in words for the visitor
     */
    public static String of(Visit visit, String reason) {
        for (Map.Entry<Pattern, String> known : KNOWN.entrySet()) {
            Matcher matcher = known.getKey().matcher(reason);
            if (matcher.matches()) {
                Object[] values = new Object[matcher.groupCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = matcher.group(i + 1);
                }
                return visit.text(known.getValue(), values);
            }
        }
        return reason;
    }
}
