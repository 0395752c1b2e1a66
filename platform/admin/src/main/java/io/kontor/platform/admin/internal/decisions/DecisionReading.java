package io.kontor.platform.admin.internal.decisions;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.pictures.ForecastPicture;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.data.Demands;
import io.kontor.platform.decisions.DecisionLog;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes a page of a logged answer, family by family. */
final class DecisionReading {

    private final Names names;
    private final Said said;
    private final Demands demands;

    DecisionReading(Names names, Said said, Demands demands) {
        this.names = names;
        this.said = said;
        this.demands = demands;
    }

    DecisionView view(Visit visit, DecisionLog.Entry entry, String model, List<DecisionLog.Feedback> feedback) {
        List<Fact> served = new ArrayList<>();
        served.add(new Fact(visit.text("decisions.plugin"), names.plugin(visit, entry.servedBy().plugin())));
        served.add(new Fact(visit.text("decisions.version"), entry.servedBy().version()));
        if (!model.isEmpty()) {
            served.add(new Fact(visit.text("decisions.model"), model));
        }
        served.add(new Fact(visit.text("decisions.request"), entry.requestId()));
        return new DecisionView(said.subject(visit, entry), visit.format().time(entry.time()), Names.family(visit, entry.family()),
                said.answer(visit, entry), tone(entry), visit.said(entry.fallback().orElse("")), question(visit, entry), served,
                entry.servedBy().model().map(id -> visit.storeUrl("models", id)).orElse(""), ReasonLine.of(visit, Said.reasons(entry)),
                Waterfall.read(visit, Said.map(entry.answer()).get("explanation")),
                items(visit, entry), prices(visit, entry), chart(visit, entry),
                feedback.stream().map(each -> new DecisionView.Feedback(visit.format().time(each.time()),
                        visit.textOr("decisions.feedback." + each.type(), each.type()), names.product(visit, each.product()))).toList());
    }

    private static String tone(DecisionLog.Entry entry) {
        return switch (entry.family().equals(Family.RISK) ? Said.text(Said.map(entry.answer()), "verdict").toUpperCase(Locale.ROOT) : "") {
            case "APPROVE" -> "good";
            case "REVIEW" -> "warn";
            case "DECLINE" -> "bad";
            default -> "";
        };
    }

    private List<Fact> question(Visit visit, DecisionLog.Entry entry) {
        List<Fact> facts = new ArrayList<>();
        entry.question().forEach((name, value) -> {
            if (value instanceof Map<?, ?> record) {
                record.forEach((field, each) -> add(visit, facts, field.toString(), each));
            } else {
                add(visit, facts, name, value);
            }
        });
        return facts;
    }

    private void add(Visit visit, List<Fact> facts, String name, Object value) {
        String text = value(visit, name, value);
        if (!text.isEmpty()) {
            facts.add(new Fact(visit.textOr("decisions.question." + name, visit.textOr("families.field." + name, name)), text));
        }
    }

    private String value(Visit visit, String name, Object value) {
        if (value == null || name.equals("changes")) {
            return "";
        } else if (value instanceof List<?> list) {
            return String.join(visit.text("decisions.comma"), list.stream().map(each -> value(visit, name, each)).toList());
        } else if (value instanceof Number number) {
            return visit.format().number(number.doubleValue(), 4);
        } else if (value instanceof Map<?, ?> map) {
            return String.join(visit.text("decisions.comma"), map.entrySet().stream().filter(each -> each.getValue() != null)
                    .map(each -> each.getKey() + ": " + value(visit, "", each.getValue())).toList());
        }
        return switch (name) {
            case "product", "session" -> names.product(visit, value.toString());
            case "plugin" -> names.plugin(visit, value.toString());
            case "step" -> visit.textOr("families.step." + value.toString().toLowerCase(Locale.ROOT), value.toString());
            default -> value.toString();
        };
    }

    private List<DecisionView.Item> items(Visit visit, DecisionLog.Entry entry) {
        List<DecisionView.Item> items = new ArrayList<>();
        List<Map<?, ?>> ranked = entry.family().equals(Family.RECOMMEND) ? Said.maps(Said.map(entry.answer()).get("items")) : List.of();
        double best = ranked.stream().mapToDouble(item -> Said.number(item, "score")).max().orElse(0);
        for (Map<?, ?> item : ranked) {
            double score = Said.number(item, "score");
            items.add(DecisionView.Item.of(visit, names, items.size() + 1, Said.text(item, "product"), score, best,
                    ReasonLine.read(item.get("reasons")), Waterfall.read(visit, item.get("explanation"))));
        }
        return items;
    }

    private List<DecisionView.Price> prices(Visit visit, DecisionLog.Entry entry) {
        return (entry.family().equals(Family.PRICING) ? Said.maps(entry.answer()) : List.<Map<?, ?>>of()).stream().map(one -> {
            Map<?, ?> elasticity = Said.map(one.get("elasticity"));
            return new DecisionView.Price(names.product(visit, Said.text(one, "product")),
                    visit.format().money(Said.number(one, "currentPrice")), visit.format().money(Said.number(one, "price")),
                    elasticity.isEmpty() ? "–"
                    : visit.text("decisions.interval", visit.format().number(Said.number(elasticity, "value"), 2),
                    visit.format().number(Said.number(elasticity, "low"), 2), visit.format().number(Said.number(elasticity, "high"), 2)),
                    visit.format().number(Said.number(one, "unitsBefore"), 1), visit.format().number(Said.number(one, "unitsAfter"), 1),
                    visit.text("decisions.range", visit.format().number(Said.number(one, "unitsLow"), 1),
                            visit.format().number(Said.number(one, "unitsHigh"), 1)), Waterfall.read(visit, one.get("explanation")));
        }).toList();
    }

    private Chart chart(Visit visit, DecisionLog.Entry entry) {
        double[] mean = Said.numbers(Said.map(entry.answer()).get("mean"));
        if (!entry.family().equals(Family.INVENTORY) || mean.length == 0) {
            return null;
        }
        try {
            Step step = Step.valueOf(Said.text(entry.question(), "step"));
            LocalDate begin = LocalDate.parse(Said.text(entry.question(), "begin"));
            DemandSeries history = demands.of(visit.store().id()).series(entry.subject(), Said.text(entry.question(), "location"), step)
                    .orElse(null);
            List<Double> levels = Arrays.stream(Said.numbers(entry.question().get("quantiles"))).boxed().toList();
            double[][] quantiles = Said.map(entry.answer()).get("quantiles") instanceof List<?> rows
                    ? rows.stream().map(Said::numbers).toArray(double[][]::new) : new double[0][];
            levels = levels.subList(0, Math.min(levels.size(), quantiles.length));
            return ForecastPicture.of(visit, visit.text("pictures.demand", said.subject(visit, entry)), history,
                    new ForecastPicture.Expected(begin, step, mean, levels, quantiles), List.of());
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return null; // not written by this version: the answer in words stands alone
        }
    }
}
