package io.kontor.platform.admin.internal.families;

import io.kontor.api.KontorException;
import io.kontor.api.data.Step;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.pictures.ForecastPicture;
import io.kontor.platform.admin.internal.pictures.LeadTimes;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import io.kontor.platform.data.StockLevels;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.ForecastDesk.Dated;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What each product is expected to sell, what is in stock, and what should be ordered. */
@Component(service = Pages.class)
public final class InventoryPages implements Pages {

    private static final List<Double> QUANTILES = List.of(0.1, 0.9);
    private static final int LONGEST = 365;
    private static final int METRICS = 4;

    private final ProductList products;
    private final ForecastDesk desk;
    private final Demands demands;
    private final StockLevels stock;
    private final ModelRegistry models;
    private final Names names;
    private final Pending pending;
    private final LeadTimes leadTimes;

    /**
     * Made by Declarative Services.
     *
     * @param products lets products be chosen
     * @param desk forecasts
     * @param demands knows locations
     * @param stock what there is
     * @param models how good the models are
     * @param proposals orders that wait
     * @param data lead times
     * @param names names products and plugins
     */
    @Activate
    public InventoryPages(@Reference ProductList products, @Reference ForecastDesk desk, @Reference Demands demands,
            @Reference StockLevels stock, @Reference ModelRegistry models, @Reference Proposals proposals, @Reference DataAccess data,
            @Reference Names names) {
        this.products = products;
        this.desk = desk;
        this.demands = demands;
        this.stock = stock;
        this.models = models;
        this.names = names;
        this.pending = new Pending(proposals);
        this.leadTimes = new LeadTimes(data);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/inventory", Role.VIEWER, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 20, visit.text("families.inventory"),
                "/stores/" + visit.store().id() + "/inventory", "forecast", Role.VIEWER));
    }

    private Answer show(Visit visit) {
        String product = visit.field("product");
        if (product.isEmpty()) {
            return products.page(visit, Family.INVENTORY, "forecast");
        }
        Step step = Arrays.stream(Step.values()).filter(each -> each.name().equalsIgnoreCase(visit.field("step"))).findFirst().orElse(Step.DAY);
        int horizon = horizon(visit.field("horizon"), step);
        String location = visit.field("location");
        String store = visit.store().id();
        List<StockLevels.Level> levels = stock.all(store).stream().filter(level -> level.product().equals(product)
                && (location.isEmpty() || location.equals(level.location()))).toList();
        InventoryView.Waiting order = order(visit, product);
        List<String> locations = demands.of(store).locations(product).stream().filter(each -> !each.isEmpty()).toList();
        InventoryView.Question question = new InventoryView.Question(product, names.product(visit, product),
                step.name().toLowerCase(Locale.ROOT), horizon, location, locations);
        try {
            var answer = desk.forecast(store, new ForecastDesk.Question(product, location, step, horizon, QUANTILES, Optional.empty()));
            return forecast(visit, question, answer, stats(visit, answer.value(), step, levels), order);
        } catch (KontorException | NoSuchElementException e) {
            return page(new InventoryView(question, visit.said(e.getMessage()), "", null,
                    stocked(visit, levels), List.of(), "", List.of(), List.of(), null, order));
        }
    }

    private Answer forecast(Visit visit, InventoryView.Question question, io.kontor.platform.decisions.Answer<Dated> answer,
            List<Fact> stats, InventoryView.Waiting order) {
        Dated dated = answer.value();
        Chart chart = ForecastPicture.of(visit, visit.text("pictures.demand", question.title()), dated.history(),
                expected(dated), marks(visit, question.product(), dated));
        String model = answer.servedBy().model().orElse("");
        List<Metric> metrics = models.find(visit.store().id(), model).map(found -> Metric.of(visit, found, null)).orElse(List.of());
        return page(new InventoryView(question, "", visit.said(answer.fallback().orElse("")), chart, stats,
                how(visit, dated, answer.servedBy().plugin()), model.isEmpty() ? "" : visit.storeUrl("models", model),
                metrics.stream().limit(METRICS).toList(),
                ReasonLine.of(visit, dated.forecast().reasons()),
                dated.forecast().explanation().map(explanation -> Waterfall.of(visit, explanation)).orElse(null), order));
    }

    private static ForecastPicture.Expected expected(Dated dated) {
        return new ForecastPicture.Expected(dated.begin(), dated.history().step(), dated.forecast().mean(), dated.quantiles(),
                dated.forecast().quantiles());
    }

    private List<Fact> how(Visit visit, Dated dated, String plugin) {
        return List.of(new Fact(visit.text("families.method"), dated.forecast().method()),
                new Fact(visit.text("families.plugin"), names.plugin(visit, plugin)));
    }

    private static Answer page(InventoryView view) {
        return Answer.html("families/inventory", view);
    }

    private static int horizon(String text, Step step) {
        int usual = switch (step) {
            case DAY -> 28;
            case WEEK -> 12;
            case MONTH -> 6;
        };
        try {
            return Math.max(1, Math.min(LONGEST, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            return usual;
        }
    }

    private List<Chart.Mark> marks(Visit visit, String product, Dated dated) {
        List<Chart.Mark> marks = new ArrayList<>();
        leadTimes.days(visit.store().id(), product, "").ifPresent(days -> marks.add(new Chart.Mark(
                Chart.day(dated.begin().plusDays((long) Math.ceil(days))), visit.text("pictures.delivery", visit.format().number(days, 1)))));
        return marks;
    }

    private static List<Fact> stats(Visit visit, Dated dated, Step step, List<StockLevels.Level> levels) {
        double[] mean = dated.forecast().mean();
        double sum = Arrays.stream(mean).sum();
        List<Fact> stats = new ArrayList<>();
        stats.add(new Fact(visit.text("families.expected", visit.text("decisions.periods." + step, mean.length)),
                visit.format().number(sum, 1)));
        stats.addAll(stocked(visit, levels));
        double position = levels.stream().mapToDouble(level -> level.onHand() - level.reserved()).sum();
        if (!levels.isEmpty() && step == Step.DAY && sum > 0) {
            long days = (long) Math.max(0, position / (sum / mean.length));
            stats.add(new Fact(visit.text("families.lasts"), visit.text("decisions.periods.DAY", days)));
        }
        return stats;
    }

    private static List<Fact> stocked(Visit visit, List<StockLevels.Level> levels) {
        double onHand = levels.stream().mapToDouble(StockLevels.Level::onHand).sum();
        double onOrder = levels.stream().mapToDouble(StockLevels.Level::onOrder).sum();
        return levels.isEmpty() ? List.of() : List.of(new Fact(visit.text("families.on-hand"), visit.format().number(onHand, 1)),
                new Fact(visit.text("families.on-order"), visit.format().number(onOrder, 1)));
    }

    private InventoryView.Waiting order(Visit visit, String product) {
        return pending.of(visit.store().id(), Family.INVENTORY, product).map(kept -> new InventoryView.Waiting(
                visit.storeUrl("proposals", Long.toString(kept.id())), kept.proposal().change().get("quantity") instanceof Number quantity
                ? visit.text("families.order", visit.format().number(quantity.doubleValue(), 1)) : kept.proposal().kind(),
                kept.proposal().reasons().isEmpty() ? "" : kept.proposal().reasons().get(0).text())).orElse(null);
    }
}
