package io.kontor.platform.admin.internal.placements;

import io.kontor.platform.admin.internal.decisions.DecisionView;
import io.kontor.platform.admin.internal.pictures.ScorePicture;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.PlacementPreview.Scored;
import io.kontor.platform.decisions.Recommended;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How a list came about, in words.
 *
 * @param fallback why a fallback answered; empty when none did
 * @param strategies what each strategy and each link of the chain gave
 * @param ranked the candidates merged and ordered
 * @param counts how many products were held back for which reason
 * @param held some of the products that were held back
 * @param moved what rules did
 * @param spread what diversity and caps did behind the rules
 * @param items the list
 * @param sources who gave each product of the list, in its order
 * @param chart how the values of the candidates are spread; null when there are none
 */
public record PreviewPicture(String fallback, List<Strategy> strategies, List<Line> ranked, List<Count> counts, List<Line> held,
        List<Move> moved, List<Move> spread, List<DecisionView.Item> items, List<String> sources, Chart chart) {

    private static final int SHOWN = 15;
    private static final int HELD = 30;

    /**
     * What a strategy gave.
     *
     * @param title what it is called
     * @param level which link of the chain it is, in words
     * @param note why it gave nothing or less; empty when all went well
     * @param count how many products it gave, in words
     * @param lines the first of them
     */
    public record Strategy(String title, String level, String note, String count, List<Line> lines) {
    }

    /** A product with a value or a sentence. */
    public record Line(int rank, String product, String text) {
    }

    /** How many products were held back for a reason. */
    public record Count(String reason, String count) {
    }

    /** What a rule did. */
    public record Move(String rule, String kind, String product, String from, String to) {
    }

    static PreviewPicture of(Visit visit, Names names, PlacementPreview preview, UnaryOperator<String> rule) {
        Recommended list = preview.answer().value();
        List<Strategy> strategies = preview.strategies().stream().map(stage -> new Strategy(names.plugin(visit, stage.strategy()),
                stage.level() == 0 ? visit.text("placements.level.own") : visit.text("placements.level", stage.level()),
                visit.said(stage.note()), visit.text("placements.given", stage.items().size()), lines(visit, names, stage.items()))).toList();
        List<Count> counts = preview.heldCounts().entrySet().stream().map(each -> new Count(visit.text("placements.held." + each.getKey()),
                visit.format().number(each.getValue()))).toList();
        List<Line> held = preview.held().stream().limit(HELD).map(each -> new Line(0, names.product(visit, each.product()),
                visit.text("placements.held." + each.code()))).toList();
        List<Move> moved = preview.moved().stream().map(each -> new Move(rule.apply(each.rule()), visit.text("placements.rule." + each.kind()),
                names.product(visit, each.product()), each.from() == 0 ? "–" : visit.format().number(each.from()),
                visit.format().number(each.to()))).toList();
        return new PreviewPicture(visit.said(preview.answer().fallback().orElse("")), strategies, lines(visit, names, preview.ranked()), counts,
                held, moved, spread(visit, names, preview), items(visit, names, list), list.items().stream()
                .map(item -> visit.text("placements.from", names.plugin(visit, item.strategy().orElse("")), item.level())).toList(),
                chart(visit, preview));
    }

    /** Which of the best candidates are elsewhere in the list than their values say, or not in it. */
    private static List<Move> spread(Visit visit, Names names, PlacementPreview preview) {
        List<Recommended.Item> items = preview.answer().value().items();
        Map<String, Integer> places = new HashMap<>();
        items.forEach(item -> places.put(item.product(), places.size() + 1));
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < preview.adjusted().size() && moves.size() < SHOWN; i++) {
            String product = preview.adjusted().get(i).product();
            Integer place = places.get(product);
            if (place == null ? i < items.size() : place != i + 1) {
                moves.add(new Move("", "", names.product(visit, product), visit.format().number(i + 1),
                        place == null ? visit.text("placements.left-out") : visit.format().number(place)));
            }
        }
        return moves;
    }

    private static List<Line> lines(Visit visit, Names names, List<Scored> scored) {
        List<Line> lines = new ArrayList<>();
        for (Scored each : scored.subList(0, Math.min(SHOWN, scored.size()))) {
            lines.add(new Line(lines.size() + 1, names.product(visit, each.product()), visit.format().number(each.score(), 4)));
        }
        return lines;
    }

    private static List<DecisionView.Item> items(Visit visit, Names names, Recommended list) {
        double best = list.items().stream().mapToDouble(Recommended.Item::score).max().orElse(0);
        List<DecisionView.Item> items = new ArrayList<>();
        for (Recommended.Item item : list.items()) {
            items.add(DecisionView.Item.of(visit, names, items.size() + 1, item.product(), item.score(), best, item.reasons(),
                    item.explanation().map(explanation -> Waterfall.of(visit, explanation)).orElse(null)));
        }
        return items;
    }

    /** The values of the candidates from 0 to 1, those that are in the list apart from the others. */
    private static Chart chart(Visit visit, PlacementPreview preview) {
        if (preview.adjusted().isEmpty()) {
            return null;
        }
        Set<String> shown = preview.answer().value().items().stream().map(Recommended.Item::product).collect(Collectors.toSet());
        Map<Boolean, List<Scored>> parts = new HashMap<>(preview.adjusted().stream()
                .collect(Collectors.partitioningBy(each -> shown.contains(each.product()))));
        return ScorePicture.of(visit, visit.text("placements.scores"), visit.text("placements.products"), List.of(
                new ScorePicture.Group(visit.text("placements.in-list"), "good", values(parts.get(true))),
                new ScorePicture.Group(visit.text("placements.not-in-list"), "", values(parts.get(false)))), List.of());
    }

    private static double[] values(List<Scored> scored) {
        return scored.stream().mapToDouble(each -> Math.max(0, Math.min(1, each.score()))).toArray();
    }
}
