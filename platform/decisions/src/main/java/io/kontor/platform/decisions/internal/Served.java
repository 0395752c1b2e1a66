package io.kontor.platform.decisions.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of recommendations as the log has it.
 *
 * @param requestId names it
 * @param store the store's id
 * @param time when it was given
 * @param strategy the plugin that answered
 * @param question what was asked, with what was chosen for it
 * @param products those in the list
 */
record Served(String requestId, String store, Instant time, String strategy, Map<String, ?> question, Set<String> products) {

    /** Name of the experiment in a logged question. */
    static final String EXPERIMENT = "experiment";
    /** Name of the variant in a logged question. */
    static final String VARIANT = "variant";
    /** Name of what stands for the visitor in a logged question, when an experiment is made. */
    static final String UNIT = "unit";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** What measures are added up by. */
    record Key(String store, LocalDate day, String placement, String strategy, String experiment, String variant) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return text().compareTo(other.text());
        }

        private String text() {
            return String.join("\n", store, day.toString(), placement, strategy, experiment, variant);
        }
    }

    Key key(ZoneId zone) {
        return new Key(store, LocalDate.ofInstant(time, zone), name("placement"), strategy, name(EXPERIMENT), name(VARIANT));
    }

    /** A text of the question that can be a name; empty when there is none. */
    String name(String field) {
        return question.get(field) instanceof String text && NAME.matcher(text).matches() ? text : "";
    }

    /** The products of a logged answer. */
    static Set<String> products(Object answer) {
        return answer instanceof Map<?, ?> fields && fields.get("items") instanceof List<?> items
                ? items.stream().filter(Map.class::isInstance).map(item -> String.valueOf(((Map<?, ?>) item).get("product")))
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
