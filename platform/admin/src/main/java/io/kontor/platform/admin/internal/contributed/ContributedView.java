package io.kontor.platform.admin.internal.contributed;

import gg.jte.Content;
import io.kontor.api.admin.View;
import io.kontor.platform.admin.internal.shell.Chart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the page of a plugin shows: exactly one of views, HTML, element and failure.
 *
 * @param title of the page
 * @param plugin the title of the plugin that brings it
 * @param address the page's own address, for its forms
 * @param views typed views; empty for other kinds
 * @param html a clean fragment; null for other kinds
 * @param element a custom element; null for other kinds
 * @param failure why there is nothing; empty when there is
 */
public record ContributedView(String title, String plugin, String address, List<View> views, Content html, Element element, String failure) {

    /**
     * A custom element of the plugin.
     *
     * @param content the element and the attributes it gets, as HTML made of checked parts
     * @param script the address of its script
     */
    public record Element(Content content, String script) {
    }

    /**
     * The picture of a typed view.
     *
     * @param view a chart
     * @return the shell's chart over the labels' numbers
     */
    public Chart chart(View view) {
        if (view instanceof View.LineChart lines) {
            return chart(lines.title(), lines.x(), series(lines.lines()));
        } else if (view instanceof View.BandChart band) {
            List<Chart.Series> all = new ArrayList<>();
            all.add(new Chart.Series(band.band() + " ↑", Chart.Look.BAND_TOP, band.upper()));
            all.add(new Chart.Series(band.band() + " ↓", Chart.Look.BAND_BOTTOM, band.lower()));
            all.addAll(series(band.lines()));
            return chart(band.title(), band.x(), all);
        } else if (view instanceof View.BarChart bars) {
            return chart(bars.title(), bars.labels(), List.of(new Chart.Series(bars.title(), Chart.Look.BARS, bars.values())));
        }
        throw new IllegalArgumentException(view.getClass().getName());
    }

    /**
     * How a notice looks.
     *
     * @param notice the notice
     * @return a class of the stylesheet
     */
    public String tone(View.Notice notice) {
        return switch (notice.tone()) {
            case INFO -> "";
            case GOOD -> "good";
            case WARNING -> "warn";
            case PROBLEM -> "bad";
        };
    }

    private static List<Chart.Series> series(List<View.Line> lines) {
        return lines.stream().map(line -> new Chart.Series(line.name(), Chart.Look.LINE, line.values())).toList();
    }

    private static Chart chart(String title, List<String> labels, List<Chart.Series> series) {
        double[] places = new double[labels.size()];
        Arrays.setAll(places, i -> i);
        return new Chart(title, Chart.Axis.LABELS, labels, "", "", places, series, List.of());
    }
}
