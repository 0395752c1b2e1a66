package io.kontor.platform.admin.internal.pictures;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.List;

/** Draws how scores are spread, by what they led to. */
public final class ScorePicture {

    private static final int BINS = 25;

    private ScorePicture() {
    }

    /**
     * Scores that led to one verdict.
     *
     * @param name what the legend says
     * @param tone the colour
     * @param scores each 0 to 1
     */
    public record Group(String name, String tone, double[] scores) {
    }

    /**
     * Draws.
     *
     * @param visit the request
     * @param title what it shows
     * @param counted what the bars count
     * @param groups the scores, from the bottom to the top
     * @param thresholds upright lines
     * @return the histogram
     */
    public static Chart of(Visit visit, String title, String counted, List<Group> groups, List<Chart.Mark> thresholds) {
        double[] edges = new double[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = (double) i / BINS;
        }
        List<Chart.Series> series = new ArrayList<>();
        for (Group group : groups) {
            double[] counts = new double[BINS + 1];
            counts[BINS] = Double.NaN;
            for (double score : group.scores()) {
                counts[Math.min(BINS - 1, (int) (score * BINS))]++;
            }
            series.add(new Chart.Series(group.name(), Chart.Look.STACK, counts, group.tone()));
        }
        return new Chart(title, Chart.Axis.NUMBERS, visit.text("pictures.score"), counted, edges, series,
                thresholds);
    }
}
