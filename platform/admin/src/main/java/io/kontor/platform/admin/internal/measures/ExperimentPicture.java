package io.kontor.platform.admin.internal.measures;

import io.kontor.api.metric.Interval;
import io.kontor.platform.admin.internal.measures.MeasuresView.Cell;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.Experiments.Results;
import io.kontor.platform.decisions.Experiments.Standing;
import io.kontor.platform.decisions.Experiments.Verdict;
import io.kontor.platform.decisions.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the results of an experiment into words. */
final class ExperimentPicture {

    private static final double HUNDRED = 100;

    private final Visit visit;
    private final Names names;
    private final Results results;
    private final Optional<Placement> placement;

    ExperimentPicture(Visit visit, Names names, Results results, Optional<Placement> placement) {
        this.visit = visit;
        this.names = names;
        this.results = results;
        this.placement = placement;
    }

    /** What one may conclude in a word. */
    static String verdict(Visit visit, Results results) {
        return visit.text("experiments.verdict." + results.verdict().name().toLowerCase(Locale.ROOT));
    }

    /** The colour of it. */
    static String tone(Results results) {
        return switch (results.verdict()) {
            case BROKEN -> "bad";
            case BETTER -> "good";
            case WORSE -> "warn";
            default -> "";
        };
    }

    ExperimentView view() {
        Experiment experiment = results.experiment();
        List<ExperimentView.Variant> variants = new ArrayList<>();
        List<ExperimentView.Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < results.variants().size(); i++) {
            Standing standing = results.variants().get(i);
            variants.add(variant(standing, experiment.variants().get(i)));
            standing.comparisons().forEach(each -> comparisons.add(comparison(standing, each)));
        }
        return new ExperimentView(experiment.id(), experiment.name(), experiment.running(), alert(), tone(results), facts(experiment), variants,
                comparisons, chart());
    }

    private String alert() {
        String best = results.best().flatMap(id -> results.experiment().variants().stream().filter(one -> one.id().equals(id)).findFirst())
                .map(Experiment.Variant::name).orElse("");
        return results.verdict() == Verdict.TOO_EARLY
                ? visit.text("experiments.alert.too_early", results.experiment().minDays(), results.experiment().minUnits())
                : visit.text("experiments.alert." + results.verdict().name().toLowerCase(Locale.ROOT), best);
    }

    private List<Fact> facts(Experiment experiment) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact(visit.text("measures.placement"), placement.map(Placement::title).orElse(experiment.placement())),
                new Fact(visit.text("experiments.since"), visit.format().time(experiment.startedAt())),
                new Fact(visit.text("experiments.days"), visit.format().number(results.days(), 1)),
                new Fact(visit.text("experiments.shares"), Double.isNaN(results.sharesProbability()) ? "–"
                        : visit.text(results.sharesBroken() ? "experiments.shares.broken" : "experiments.shares.good",
                        probability(results.sharesProbability())))));
        if (!experiment.running()) {
            facts.add(new Fact(visit.text("experiments.ended"), visit.format().time(experiment.finishedAt())));
            facts.add(new Fact(visit.text("experiments.winner"), experiment.winner() == null ? visit.text("experiments.no-winner")
                    : experiment.winner()));
        }
        return facts;
    }

    private ExperimentView.Variant variant(Standing standing, Experiment.Variant variant) {
        List<String> strategies = Optional.ofNullable(variant.definition()).or(() -> placement).map(Placement::strategies).orElse(List.of());
        String asked = variant.definition() == null ? visit.text("experiments.as-it-is")
                : strategies.isEmpty() ? visit.text("experiments.in-order")
                : strategies.stream().map(id -> names.plugin(visit, id)).collect(Collectors.joining(", "));
        return new ExperimentView.Variant(standing.variant(), standing.title(), asked, new Cell(visit.format().number(standing.units()),
                visit.text("experiments.should", visit.format().percent(standing.share()))), visit.format().number(standing.answers()),
                MeasurePages.share(visit, standing.clickThrough()), MeasurePages.share(visit, standing.clickers()),
                MeasurePages.share(visit, standing.buyers()), new Cell(visit.format().money(standing.revenue().value()),
                MeasurePages.money(visit, standing.revenue())));
    }

    private ExperimentView.Comparison comparison(Standing standing, Experiments.Comparison one) {
        boolean money = one.measure() == Experiments.Measure.REVENUE;
        String verdict = one.sign() > 0 ? "more" : one.sign() < 0 ? "less" : "unknown";
        String measure = visit.text("experiments.measure." + one.measure().name().toLowerCase(Locale.ROOT));
        return new ExperimentView.Comparison(standing.title(), measure,
                new Cell(value(one.difference(), money), range(one.anytime(), money)), range(one.interval(), money),
                one.adjusted().map(less -> new Cell(value(less.difference(), money), range(less.anytime(), money))).orElse(new Cell("", "")),
                one.adjusted().map(less -> visit.text("experiments.narrower", visit.format().percent(less.narrower()))).orElse(""),
                probability(one.evidence()), visit.text("experiments." + verdict), one.sign() > 0 ? "good" : one.sign() < 0 ? "bad" : "");
    }

    private String value(double value, boolean money) {
        return (value > 0 ? "+" : "") + (money ? visit.format().money(value) : visit.text("experiments.points",
                visit.format().number(HUNDRED * value, 1)));
    }

    private String range(Interval interval, boolean money) {
        return Double.isNaN(interval.low()) ? "" : visit.text("measures.range", value(interval.low(), money), value(interval.high(), money));
    }

    private String probability(double value) {
        return value < 0.001 ? visit.text("experiments.tiny") : visit.format().number(value, 3);
    }

    private Chart chart() {
        List<Standing> standings = results.variants();
        double[] x = new double[standings.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        Chart.Series clickers = new Chart.Series(visit.text("experiments.measure.clickers"), Chart.Look.LEFT_BARS,
                standings.stream().mapToDouble(one -> HUNDRED * one.clickers().value()).toArray());
        Chart.Series buyers = new Chart.Series(visit.text("experiments.measure.buyers"), Chart.Look.RIGHT_BARS,
                standings.stream().mapToDouble(one -> HUNDRED * one.buyers().value()).toArray());
        return new Chart(visit.text("experiments.chart"), Chart.Axis.LABELS, standings.stream().map(Standing::title).toList(),
                visit.text("measures.variant"), visit.text("measures.percent"), x, List.of(clickers, buyers), List.of());
    }
}
