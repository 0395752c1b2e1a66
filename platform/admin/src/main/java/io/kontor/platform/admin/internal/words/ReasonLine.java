package io.kontor.platform.admin.internal.words;

import io.kontor.api.decision.Reason;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A reason as it is shown.
 *
 * @param text in words
 * @param weight its share; empty when it has none
 * @param bar its share of the heaviest reason, 0 to 100
 * @param against whether it speaks against the answer
 */
public record ReasonLine(String text, String weight, int bar, boolean against) {

    /**
     * The reasons of an answer.
     *
     * @param visit the request
     * @param reasons as plugins give them
     * @return in the same order
     */
    public static List<ReasonLine> of(Visit visit, List<Reason> reasons) {
        double heaviest = reasons.stream().mapToDouble(reason -> Math.abs(reason.weight())).filter(Double::isFinite).max().orElse(0);
        List<ReasonLine> lines = new ArrayList<>(reasons.size());
        for (Reason reason : reasons) {
            boolean weighed = Double.isFinite(reason.weight()) && heaviest > 0;
            lines.add(new ReasonLine(reason.text(), weighed ? visit.format().number(reason.weight(), 3) : "",
                    weighed ? (int) Math.round(100 * Math.abs(reason.weight()) / heaviest) : 0, weighed && reason.weight() < 0));
        }
        return lines;
    }

    /**
     * Reasons out of the decision log.
     *
     * @param value the JSON value of the reasons; anything else gives none
     * @return the reasons
     */
    public static List<Reason> read(Object value) {
        List<Reason> reasons = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                    reasons.add(new Reason(map.get("code") instanceof String code ? code : "", text,
                            map.get("weight") instanceof Number weight ? weight.doubleValue() : Double.NaN));
                }
            }
        }
        return reasons;
    }
}
