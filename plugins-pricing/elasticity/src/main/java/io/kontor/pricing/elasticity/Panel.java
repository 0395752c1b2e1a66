package io.kontor.pricing.elasticity;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weeks of one product at all its locations: what its demand is explained by. Weeks without a known price, and weeks in which the
 * product was not always in stock, are left out.
 *
 * @param place which location, counted from 0
 * @param week weeks since a Monday that all products share
 * @param units what was sold
 * @param logPrice natural logarithm of the unit price
 * @param promotion share of the week with a promotion; 0 where unknown
 * @param places how many locations there are
 */
record Panel(int[] place, int[] week, double[] units, double[] logPrice, double[] promotion, int places) {

    private static final LocalDate MONDAY = LocalDate.of(1970, 1, 5);
    private static final double IN_STOCK = 0.9;

    static Panel of(DemandTable table, String product) {
        List<double[]> rows = new ArrayList<>();
        List<String> locations = table.locations(product);
        for (int l = 0; l < locations.size(); l++) {
            // The empty name stands for all locations together; records without a location are told by there being no other.
            DemandSeries series = table.series(product, locations.get(l), Step.WEEK).orElse(null);
            if (series == null || locations.get(l).isEmpty() && locations.size() > 1) {
                continue;
            }
            int first = (int) ChronoUnit.WEEKS.between(MONDAY, series.start());
            for (int t = 0; t < series.quantity().length; t++) {
                if (series.price()[t] > 0 && !(series.inStock()[t] < IN_STOCK)) {
                    double promoted = Double.isNaN(series.promotion()[t]) ? 0 : series.promotion()[t];
                    rows.add(new double[] {l, first + t, series.quantity()[t], Math.log(series.price()[t]), promoted});
                }
            }
        }
        int n = rows.size();
        int[] place = new int[n];
        int[] week = new int[n];
        Arrays.setAll(place, i -> (int) rows.get(i)[0]);
        Arrays.setAll(week, i -> (int) rows.get(i)[1]);
        return new Panel(place, week, column(rows, 2), column(rows, 3), column(rows, 4), Math.max(1, locations.size()));
    }

    private static double[] column(List<double[]> rows, int index) {
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    int size() {
        return units.length;
    }
}
