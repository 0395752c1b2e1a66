package io.kontor.platform.admin.internal.measures;

import io.kontor.api.metric.Interval;
import io.kontor.platform.admin.internal.measures.MeasuresView.Cell;
import io.kontor.platform.admin.internal.measures.MeasuresView.Figure;
import io.kontor.platform.admin.internal.measures.MeasuresView.Row;
import io.kontor.platform.admin.internal.measures.MeasuresView.Table;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.Measures;
import io.kontor.platform.decisions.Measures.By;
import io.kontor.platform.decisions.Measures.Estimate;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.security.Role;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what recommendations led to. */
@Component(service = Pages.class)
public final class MeasurePages implements Pages {

    private static final int USUAL_DAYS = 30;

    private final Measures measures;
    private final Placements placements;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param measures has them
     * @param placements the operators' placements
     * @param names names plugins
     */
    @Activate
    public MeasurePages(@Reference Measures measures, @Reference Placements placements, @Reference Names names) {
        this.measures = measures;
        this.placements = placements;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/measures", Role.ANALYST, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 12, visit.text("measures.nav"),
                "/stores/" + visit.store().id() + "/measures", "bars", Role.ANALYST));
    }

    private Answer show(Visit visit) {
        LocalDate today = LocalDate.now(visit.store().timeZone());
        LocalDate from = visit.has("from") ? date(visit.field("from")) : today.minusDays(USUAL_DAYS - 1L);
        LocalDate to = date(visit.field("to"));
        String placement = visit.field("placement");
        String only = placement.isEmpty() ? null : placement;
        String store = visit.store().id();
        List<String> known = measures.of(store, null, null, null, By.PLACEMENT).stream().map(Measures.Row::name)
                .filter(name -> !name.isEmpty()).toList();
        List<Measures.Row> all = measures.of(store, only, from, to, By.ALL);
        List<Table> tables = new ArrayList<>();
        table(visit, "placement", measures.of(store, only, from, to, By.PLACEMENT), tables,
                name -> name.isEmpty() ? visit.text("measures.nowhere") : name);
        table(visit, "strategy", measures.of(store, only, from, to, By.STRATEGY), tables, name -> names.plugin(visit, name));
        table(visit, "variant", measures.of(store, only, from, to, By.VARIANT), tables, UnaryOperator.identity());
        return Answer.html("measures/measures", new MeasuresView(placement, from == null ? "" : from.toString(),
                to == null ? "" : to.toString(), known, all.isEmpty() ? List.of() : figures(visit, all.get(0)),
                charts(visit, measures.of(store, only, from, to, By.DAY)), tables));
    }

    private static LocalDate date(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static List<Figure> figures(Visit visit, Measures.Row all) {
        String of = visit.text(all.impressions() == 0 ? "measures.of-answers"
                : all.base() == all.impressions() ? "measures.of-impressions" : "measures.of-both");
        return List.of(
                new Figure(visit.text("measures.answers"), visit.format().number(all.answers()),
                        visit.text("measures.impressions-note", all.impressions())),
                new Figure(visit.text("measures.ctr"), visit.format().percent(all.clickThrough().value()), of),
                new Figure(visit.text("measures.purchases"), visit.format().number(all.purchases()),
                        visit.text("measures.conversion-note", visit.format().percent(all.conversion().value()))),
                new Figure(visit.text("measures.revenue"), visit.format().money(all.revenue().value()), money(visit, all.revenue())),
                new Figure(visit.text("measures.view-revenue"), visit.format().money(all.viewThroughRevenue().value()),
                        visit.text("measures.view-note", all.viewThroughPurchases())));
    }

    private void table(Visit visit, String by, List<Measures.Row> rows, List<Table> tables, UnaryOperator<String> named) {
        if (!rows.isEmpty()) {
            tables.add(new Table(visit.text("measures.by." + by), visit.text("measures." + by), rows.stream()
                    .map(row -> new Row(named.apply(row.name()), href(visit, by, row.name()), cells(visit, row))).toList()));
        }
    }

    /** Where there is more about it. */
    private String href(Visit visit, String by, String name) {
        return switch (by) {
            case "placement" -> placements.find(visit.store().id(), name).isEmpty() ? "" : visit.storeUrl("measures", name);
            case "variant" -> visit.storeUrl("experiments", name.substring(0, name.indexOf('/')));
            default -> "";
        };
    }

    private static List<Cell> cells(Visit visit, Measures.Row row) {
        return List.of(count(visit, row.answers()), count(visit, row.impressions()), count(visit, row.clicks()),
                share(visit, row.clickThrough()), count(visit, row.carts()), count(visit, row.purchases()), share(visit, row.conversion()),
                new Cell(visit.format().money(row.revenue().value()), money(visit, row.revenue())),
                new Cell(visit.format().money(row.viewThroughRevenue().value()), money(visit, row.viewThroughRevenue())));
    }

    private static Cell count(Visit visit, long value) {
        return new Cell(visit.format().number(value), "");
    }

    static Cell share(Visit visit, Estimate estimate) {
        Interval interval = estimate.interval();
        return new Cell(visit.format().percent(estimate.value()), Double.isNaN(interval.low()) ? ""
                : visit.text("measures.range", visit.format().percent(interval.low()), visit.format().percent(interval.high())));
    }

    static String money(Visit visit, Estimate estimate) {
        Interval interval = estimate.interval();
        return Double.isNaN(interval.low()) || interval.low() == interval.high() ? ""
                : visit.text("measures.range", visit.format().money(interval.low()), visit.format().money(interval.high()));
    }

    private static List<Chart> charts(Visit visit, List<Measures.Row> days) {
        if (days.isEmpty()) {
            return List.of();
        }
        double[] x = values(days, row -> Chart.day(LocalDate.parse(row.name())));
        String day = visit.text("measures.day");
        String likely = visit.text("measures.likely");
        Chart.Look look = days.size() > 1 ? Chart.Look.LINE : Chart.Look.POINTS;
        return List.of(
                new Chart(visit.text("measures.ctr-by-day"), Chart.Axis.DAYS, day, visit.text("measures.percent"), x, List.of(
                        new Chart.Series(likely + " ↑", Chart.Look.BAND_TOP, values(days, row -> 100 * row.clickThrough().interval().high())),
                        new Chart.Series(likely + " ↓", Chart.Look.BAND_BOTTOM, values(days, row -> 100 * row.clickThrough().interval().low())),
                        new Chart.Series(visit.text("measures.ctr"), look, values(days, row -> 100 * row.clickThrough().value()))),
                        List.of()),
                new Chart(visit.text("measures.revenue-by-day"), Chart.Axis.DAYS, day, visit.store().currency().getCurrencyCode(), x, List.of(
                        new Chart.Series(visit.text("measures.revenue"), Chart.Look.BARS, values(days, row -> row.revenue().value())),
                        new Chart.Series(visit.text("measures.view-revenue"), Chart.Look.STACK,
                                values(days, row -> row.viewThroughRevenue().value()))), List.of()));
    }

    private static double[] values(List<Measures.Row> days, ToDoubleFunction<Measures.Row> value) {
        return days.stream().mapToDouble(value).toArray();
    }
}
