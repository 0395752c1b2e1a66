package io.kontor.platform.admin.internal.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.decisions.PriceDesk.DemandCurve;
import io.kontor.platform.security.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pictures of the families. */
class PicturesTest {

    private static final Visit VISIT = Visits.of(Role.VIEWER);
    private static final double NONE = Double.NaN;

    private static DemandSeries sold(LocalDate start, double... quantity) {
        double[] unknown = new double[quantity.length];
        return new DemandSeries("p", "", start, Step.DAY, quantity, unknown, unknown, unknown);
    }

    @Test
    void drawsWhatWasSoldThenTheForecastInItsBand() {
        LocalDate begin = LocalDate.of(2026, 3, 3);
        Chart chart = ForecastPicture.of(VISIT, "Tea", sold(begin.minusDays(2), 4, 6), new ForecastPicture.Expected(begin, Step.DAY,
                new double[] {5, 5}, List.of(0.1, 0.9), new double[][] {{2, 3}, {8, 9}}), List.of());
        assertArrayEquals(new double[] {Chart.day(begin.minusDays(2)), Chart.day(begin.minusDays(1)), Chart.day(begin),
            Chart.day(begin.plusDays(1))}, chart.x());
        assertEquals(List.of(Chart.Look.BAND_TOP, Chart.Look.BAND_BOTTOM, Chart.Look.LINE, Chart.Look.LINE),
                chart.series().stream().map(Chart.Series::look).toList());
        assertArrayEquals(new double[] {NONE, NONE, 8, 9}, chart.series().get(0).values());
        assertArrayEquals(new double[] {4, 6, NONE, NONE}, chart.series().get(2).values());
        assertArrayEquals(new double[] {NONE, NONE, 5, 5}, chart.series().get(3).values());
    }

    @Test
    void drawsAnEarlierForecastAgainstWhatWasKnownThen() {
        LocalDate begin = LocalDate.of(2026, 3, 2);
        Chart chart = ForecastPicture.of(VISIT, "Tea", sold(begin.minusDays(1), 4, 6, 7), new ForecastPicture.Expected(begin, Step.DAY,
                new double[] {5}, List.of(), new double[0][]), List.of());
        assertArrayEquals(new double[] {4, NONE}, chart.series().get(0).values());
    }

    @Test
    void drawsProfitOverThePriceWhereTheCostIsKnownAndMarksBothPrices() {
        DemandCurve curve = new DemandCurve(10, 4, Optional.empty(), new double[] {8, 10, 12}, new double[] {20, 15, 10});
        List<Chart> charts = PricePicture.of(VISIT, "Tea", curve, 12);
        assertArrayEquals(new double[] {80, 90, 80}, charts.get(1).series().get(0).values());
        assertEquals(List.of(10.0, 12.0), charts.get(0).marks().stream().map(Chart.Mark::x).toList());
        List<Chart> unpriced = PricePicture.of(VISIT, "Tea", new DemandCurve(10, NONE, Optional.empty(), curve.prices(), curve.units()), NONE);
        assertArrayEquals(new double[] {160, 150, 120}, unpriced.get(1).series().get(0).values(), "revenue");
        assertEquals(1, unpriced.get(0).marks().size());
        assertTrue(PricePicture.of(VISIT, "Tea", new DemandCurve(NONE, NONE, Optional.empty(), new double[0], new double[0]), NONE).isEmpty());
    }

    @Test
    void countsEveryScoreOnceTheHighestIncluded() {
        Chart chart = ScorePicture.of(VISIT, "Scores", "Transactions",
                List.of(new ScorePicture.Group("Approve", "good", new double[] {0, 0.01, 0.5, 1})), List.of());
        double[] counts = chart.series().get(0).values();
        assertEquals(2, counts[0]);
        assertEquals(1, counts[counts.length - 2], "1 belongs to the last bar");
        assertTrue(Double.isNaN(counts[counts.length - 1]), "the place at the right edge has no bar");
    }
}
