package io.kontor.platform.admin.internal.models;

import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Slice;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on the parts of the held-out cases that one dimension makes, by the main metric.
 *
 * @param title what the cases are parted by
 * @param rows the parts, the largest first
 */
public record SliceGroup(String title, List<Row> rows) {

    private static final int DIGITS = 4;

    /**
     * One part.
     *
     * @param segment which
     * @param cases how many
     * @param value the model's value
     * @param baseline the baseline's
     * @param champion that of the champion's settings
     * @param ranges all of them as a picture
     * @param tone good when the model beats the baseline there, bad when the baseline beats it, else empty
     * @param verdict the same in words
     */
    public record Row(String segment, String cases, String value, String baseline, String champion, Ranges ranges, String tone,
            String verdict) {
    }

    static List<SliceGroup> of(Visit visit, ModelVersion model) {
        if (model.evaluation() == null) {
            return List.of();
        }
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        for (Slice slice : model.evaluation().slices()) {
            groups.computeIfAbsent(slice.dimension(), dimension -> new ArrayList<>()).add(row(visit, model, slice));
        }
        List<SliceGroup> all = new ArrayList<>();
        groups.forEach((dimension, rows) -> all.add(new SliceGroup(visit.textOr("models.slice." + dimension, dimension), rows)));
        return all;
    }

    private static Row row(Visit visit, ModelVersion model, Slice slice) {
        String primary = model.evaluation().primary();
        Optional<Slice> baseline = same(model.baseline(), slice);
        Optional<Slice> champion = same(model.champion(), slice);
        Double own = slice.metrics().get(primary);
        Double cheap = baseline.map(one -> one.metrics().get(primary)).orElse(null);
        Double old = champion.map(one -> one.metrics().get(primary)).orElse(null);
        int order = own == null || cheap == null ? 0 : model.evaluation().higherIsBetter() ? Double.compare(own, cheap)
                : Double.compare(cheap, own);
        return new Row(visit.textOr("models.segment." + slice.segment(), slice.segment()), visit.format().number(slice.cases()),
                number(visit, own), number(visit, cheap), number(visit, old),
                Ranges.of(new Ranges.Given("mine", own, slice.intervals().get(primary)),
                        new Ranges.Given("base", cheap, baseline.map(one -> one.intervals().get(primary)).orElse(null)),
                        new Ranges.Given("champ", old, champion.map(one -> one.intervals().get(primary)).orElse(null))),
                order > 0 ? "good" : order < 0 ? "bad" : "",
                cheap == null ? "" : visit.text(order > 0 ? "models.better" : order < 0 ? "models.worse" : "models.same"));
    }

    private static Optional<Slice> same(Evaluation rival, Slice slice) {
        return rival == null ? Optional.empty() : rival.slices().stream().filter(other -> other.dimension().equals(slice.dimension())
                && other.segment().equals(slice.segment())).findFirst();
    }

    private static String number(Visit visit, Double value) {
        return value == null ? "–" : visit.format().number(value, DIGITS);
    }

    static String range(Visit visit, Interval interval) {
        return interval == null ? "" : visit.text("models.range", visit.format().number(interval.low(), DIGITS),
                visit.format().number(interval.high(), DIGITS));
    }
}
