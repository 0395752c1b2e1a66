package io.kontor.source.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.kontor.api.KontorException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path or a body with places such as {@code {{offset}}} that are filled in for each request. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    private Template() {
    }

    /** Whether a template has a place. */
    static boolean has(String template, String place) {
        return template.contains("{{" + place + "}}");
    }

    /** Fills in the places of a path; values are escaped as parts of an address. */
    static String path(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(
                URLEncoder.encode(value(place.group(1), values), StandardCharsets.UTF_8).replace("+", "%20")));
    }

    /** Fills in the places of a JSON body; values are escaped as within quotes, so that numbers can stand without them. */
    static String body(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(
                new String(JsonStringEncoder.getInstance().quoteAsString(value(place.group(1), values)))));
    }

    private static String value(String place, Map<String, String> values) {
        String value = values.get(place);
        if (value == null) {
            throw new KontorException(KontorException.Kind.CONFIGURATION, "The place {{" + place + "}} is not known here; there are "
                    + String.join(", ", new TreeSet<>(values.keySet())) + ".");
        }
        return value;
    }
}
