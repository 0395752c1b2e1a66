package io.kontor.pricing.elasticity;

import io.kontor.api.data.CompetitorPrices;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weeks, or months, of one product at all its locations: what its demand is explained by. Periods without a known price, and periods in
 * which the product was not always in stock, are left out.
 *
 * @param place which location, counted from 0
 * @param week in which week the period begins, since a Monday that all products share
 * @param units what was sold
 * @param drivers what drives demand, driver by driver as in {@link Driver}
 * @param places how many locations there are
 */
record Panel(int[] place, int[] week, double[] units, double[][] drivers, int places) {

    private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);
    private static final double IN_STOCK = 0.9;

    static Panel of(DemandTable table, String product, Step step, CompetitorPrices competitors, Rivals rivals) {
        List<double[]> rows = new ArrayList<>();
        List<String> locations = table.locations(product);
        for (int l = 0; l < locations.size(); l++) {
            // The empty name stands for all locations together; records without a location are told by there being no other.
            DemandSeries series = table.series(product, locations.get(l), step).orElse(null);
            if (series == null || locations.get(l).isEmpty() && locations.size() > 1) {
                continue;
            }
            for (int t = 0; t < series.quantity().length; t++) {
                if (series.price()[t] > 0 && !(series.inStock()[t] < IN_STOCK)) {
                    LocalDate day = step.plus(series.start(), t);
                    double[] row = new double[3 + Driver.COUNT];
                    row[0] = l;
                    row[1] = week(day);
                    row[2] = series.quantity()[t];
                    double promotion = Double.isNaN(series.promotion()[t]) ? 0 : series.promotion()[t];
                    double competitor = competitors.over(product, table.begin(day), table.begin(step.plus(day, 1)));
                    Driver.fill(row, 3, Math.log(series.price()[t]), promotion, Math.log(competitor), rivals.index(product, day), day);
                    rows.add(row);
                }
            }
        }
        double[][] drivers = new double[Driver.COUNT][];
        Arrays.setAll(drivers, k -> column(rows, 3 + k));
        double[] competitor = drivers[Driver.COMPETITOR];
        double known = Arrays.stream(competitor).filter(log -> !Double.isNaN(log)).average().orElse(0);
        Arrays.setAll(competitor, i -> Double.isNaN(competitor[i]) ? known : competitor[i]);
        return new Panel(Arrays.stream(column(rows, 0)).mapToInt(l -> (int) l).toArray(),
                Arrays.stream(column(rows, 1)).mapToInt(w -> (int) w).toArray(), column(rows, 2), drivers, Math.max(1, locations.size()));
    }

    static int week(LocalDate day) {
        return (int) Math.floorDiv(ChronoUnit.DAYS.between(MONDAY, day), 7L);
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    int size() {
        return units.length;
    }
}
