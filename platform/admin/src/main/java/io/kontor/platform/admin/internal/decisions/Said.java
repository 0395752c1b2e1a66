package io.kontor.platform.admin.internal.decisions;

import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.decisions.DecisionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the plain JSON values of a logged answer, and says in words what it was about and what it said. */
final class Said {

    private static final int NAMED = 3;

    private final Names names;

    Said(Names names) {
        this.names = names;
    }

    String subject(Visit visit, DecisionLog.Entry entry) {
        if (entry.subject().isEmpty()) {
            return visit.text("decisions.subject.none");
        }
        return switch (entry.family()) {
            case Family.INVENTORY, Family.PRICING -> names.product(visit, entry.subject());
            case Family.RECOMMEND -> entry.customer().isEmpty() ? names.product(visit, entry.subject())
                    : visit.text("decisions.subject.customer", entry.subject());
            case Family.RISK -> visit.text("decisions.subject.transaction", entry.subject());
            default -> entry.subject();
        };
    }

    String answer(Visit visit, DecisionLog.Entry entry) {
        return switch (entry.family()) {
            case Family.RECOMMEND -> ranking(visit, entry);
            case Family.INVENTORY -> forecast(visit, entry);
            case Family.PRICING -> prices(visit, entry);
            case Family.RISK -> visit.text("decisions.answer.risk", verdict(visit, text(map(entry.answer()), "verdict")),
                    visit.format().number(number(map(entry.answer()), "score"), 3));
            default -> visit.text("decisions.answer.other");
        };
    }

    private String ranking(Visit visit, DecisionLog.Entry entry) {
        List<Map<?, ?>> items = maps(map(entry.answer()).get("items"));
        if (items.isEmpty()) {
            return visit.text("decisions.answer.nothing");
        }
        String first = items.stream().limit(NAMED).map(item -> names.product(visit, text(item, "product")))
                .collect(Collectors.joining(visit.text("decisions.comma")));
        return items.size() <= NAMED ? first : visit.text("decisions.answer.more", first, items.size() - NAMED);
    }

    private static String forecast(Visit visit, DecisionLog.Entry entry) {
        double[] mean = numbers(map(entry.answer()).get("mean"));
        String step = text(entry.question(), "step").toUpperCase(Locale.ROOT);
        return visit.text("decisions.answer.forecast", visit.format().number(Arrays.stream(mean).sum(), 1),
                visit.text("decisions.periods." + (step.isEmpty() ? "DAY" : step), mean.length));
    }

    private static String prices(Visit visit, DecisionLog.Entry entry) {
        List<Map<?, ?>> tried = maps(entry.answer());
        if (tried.size() != 1) {
            return visit.text("decisions.answer.prices", tried.size());
        }
        Map<?, ?> one = tried.get(0);
        return visit.text("decisions.answer.price", visit.format().money(number(one, "currentPrice")),
                visit.format().money(number(one, "price")), visit.format().number(number(one, "unitsBefore"), 1),
                visit.format().number(number(one, "unitsAfter"), 1));
    }

    static String verdict(Visit visit, String verdict) {
        return visit.textOr("decisions.verdict." + verdict.toUpperCase(Locale.ROOT), verdict);
    }

    static List<Reason> reasons(DecisionLog.Entry entry) {
        return ReasonLine.read(map(entry.answer()).get("reasons"));
    }

    static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<Map<?, ?>> maps(Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    static String text(Map<?, ?> map, String name) {
        return map.get(name) == null ? "" : map.get(name).toString();
    }

    static double number(Map<?, ?> map, String name) {
        return map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    static double[] numbers(Object value) {
        return value instanceof List<?> list
                ? list.stream().mapToDouble(each -> each instanceof Number number ? number.doubleValue() : Double.NaN).toArray() : new double[0];
    }
}
