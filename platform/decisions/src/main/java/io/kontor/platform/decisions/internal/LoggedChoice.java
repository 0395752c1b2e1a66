package io.kontor.platform.decisions.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A choice of a strategy as the log has it.
 *
 * @param place the placement, or the variant of one, that learns
 * @param arm the strategy that was chosen
 * @param propensity with which probability, above 0
 * @param context by which
 */
record LoggedChoice(String place, String arm, double propensity, double[] context) {

    /** Name of the choice in a logged question. */
    static final String FIELD = "learning";

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", place);
        fields.put("strategy", arm);
        fields.put("propensity", propensity);
        fields.put("context", context);
        return fields;
    }

    /** The choice of a logged question; empty when there was none. */
    static Optional<LoggedChoice> of(Map<String, ?> question) {
        if (question.get(FIELD) instanceof Map<?, ?> fields && fields.get("place") instanceof String place
                && fields.get("strategy") instanceof String arm && fields.get("propensity") instanceof Number propensity) {
            double[] context = numbers(fields.get("context"));
            return context.length == VisitContext.FEATURES
                    ? Optional.of(new LoggedChoice(place, arm, propensity.doubleValue(), context)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static double[] numbers(Object value) {
        return value instanceof double[] numbers ? numbers
                : value instanceof List<?> list ? list.stream().mapToDouble(one -> one instanceof Number n ? n.doubleValue() : 0).toArray()
                : new double[0];
    }
}
