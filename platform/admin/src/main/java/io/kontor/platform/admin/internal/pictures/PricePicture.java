package io.kontor.platform.admin.internal.pictures;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.PriceDesk.DemandCurve;
import java.util.ArrayList;
import java.util.List;

/** Draws how demand, and profit or revenue, answer to a price. */
public final class PricePicture {

    private PricePicture() {
    }

    /**
     * Draws.
     *
     * @param visit the request
     * @param title the product
     * @param curve its demand curve
     * @param proposed the proposed price; NaN for none
     * @return units over price, and profit (revenue where the cost is unknown) over price; empty when nothing is known
     */
    public static List<Chart> of(Visit visit, String title, DemandCurve curve, double proposed) {
        if (curve.prices().length == 0) {
            return List.of();
        }
        List<Chart.Mark> marks = new ArrayList<>();
        marks.add(new Chart.Mark(curve.currentPrice(), visit.text("pictures.current", visit.format().money(curve.currentPrice()))));
        if (proposed > 0) {
            marks.add(new Chart.Mark(proposed, visit.text("pictures.proposed", visit.format().money(proposed))));
        }
        boolean cost = curve.cost() >= 0;
        double[] gain = new double[curve.prices().length];
        for (int i = 0; i < gain.length; i++) {
            gain[i] = curve.units()[i] * (curve.prices()[i] - (cost ? curve.cost() : 0));
        }
        String goal = visit.text(cost ? "pictures.profit" : "pictures.revenue");
        String price = visit.text("pictures.price", visit.store().currency().getCurrencyCode());
        String units = visit.text("pictures.units");
        return List.of(new Chart(visit.text("pictures.units-over-price", title), Chart.Axis.NUMBERS, price, units, curve.prices(),
                List.of(new Chart.Series(units, Chart.Look.LINE, curve.units())), marks),
                new Chart(visit.text("pictures.gain-over-price", goal, title), Chart.Axis.NUMBERS, price, goal, curve.prices(),
                List.of(new Chart.Series(goal, Chart.Look.LINE, gain)), marks));
    }
}
