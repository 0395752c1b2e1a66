package io.kontor.platform.admin.internal.families;

import io.kontor.api.KontorException;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.pictures.PricePicture;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.decisions.PriceDesk.DemandCurve;
import io.kontor.platform.decisions.PriceDesk.Simulated;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How demand answers to prices, what is proposed, and what a price would do. */
@Component(service = Pages.class)
public final class PricingPages implements Pages {

    private static final double HIGHEST = 1e12;

    private final ProductList products;
    private final PriceDesk desk;
    private final Names names;
    private final Pending pending;

    /** What the visitor tries. */
    private record Trial(String price, String wrong, List<PricingView.Compared> outlook, double value, Waterfall explanation) {

        static final Trial NONE = wrong("", "");

        static Trial wrong(String price, String why) {
            return new Trial(price, why, List.of(), Double.NaN, null);
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param products lets products be chosen
     * @param desk knows demand curves
     * @param proposals prices that wait
     * @param names names products
     */
    @Activate
    public PricingPages(@Reference ProductList products, @Reference PriceDesk desk, @Reference Proposals proposals, @Reference Names names) {
        this.products = products;
        this.desk = desk;
        this.names = names;
        this.pending = new Pending(proposals);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/pricing", Role.VIEWER, this::show),
                Route.post("/stores/{store}/pricing", Role.ANALYST, this::simulate));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 30, visit.text("families.pricing"),
                "/stores/" + visit.store().id() + "/pricing", "price", Role.VIEWER));
    }

    private Answer show(Visit visit) {
        String product = visit.field("product");
        return product.isEmpty() ? products.page(visit, Family.PRICING, "price")
                : Answer.html("families/pricing", view(visit, product, Trial.NONE));
    }

    private Answer simulate(Visit visit) {
        String product = visit.field("product");
        String text = visit.field("price");
        if (product.isEmpty()) {
            throw Refusal.missing(visit);
        }
        double price = number(text);
        if (!(price > 0 && price < HIGHEST)) {
            return Answer.again("families/pricing", view(visit, product, Trial.wrong(text, visit.text("families.price.wrong"))));
        }
        try {
            List<PriceDesk.Change> changes = List.of(new PriceDesk.Change(product, price));
            Simulated simulated = desk.simulate(visit.store().id(), changes, Optional.empty(), Optional.empty()).value().get(0);
            return Answer.html("families/pricing", view(visit, product, new Trial(text, "", outlook(visit, simulated), price,
                    simulated.explanation().map(explanation -> Waterfall.of(visit, explanation)).orElse(null))));
        } catch (KontorException | NoSuchElementException e) {
            return Answer.again("families/pricing", view(visit, product, Trial.wrong(text, visit.said(e.getMessage()))));
        }
    }

    static double number(String text) {
        try {
            return Double.parseDouble(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static List<PricingView.Compared> outlook(Visit visit, Simulated one) {
        if (Double.isNaN(one.unitsAfter())) {
            return List.of(new PricingView.Compared(visit.text("families.units"), "–", "–", visit.text("families.unknown")));
        }
        List<PricingView.Compared> lines = new ArrayList<>();
        lines.add(new PricingView.Compared(visit.text("families.units"), visit.format().number(one.unitsBefore(), 1),
                visit.format().number(one.unitsAfter(), 1), visit.text("families.between", visit.format().number(one.unitsLow(), 1),
                visit.format().number(one.unitsHigh(), 1))));
        lines.add(money(visit, "families.revenue", one.unitsBefore() * one.currentPrice(), one.unitsAfter() * one.price()));
        if (one.cost() >= 0) {
            lines.add(money(visit, "families.profit", one.unitsBefore() * (one.currentPrice() - one.cost()),
                    one.unitsAfter() * (one.price() - one.cost())));
        }
        return lines;
    }

    private static PricingView.Compared money(Visit visit, String key, double before, double after) {
        return new PricingView.Compared(visit.text(key), visit.format().money(before), visit.format().money(after),
                (after > before ? "+" : "") + visit.format().money(after - before));
    }

    private PricingView view(Visit visit, String product, Trial trial) {
        String title = names.product(visit, product);
        var kept = pending.of(visit.store().id(), Family.PRICING, product);
        double proposed = kept.map(each -> each.proposal().change().get("price")).map(each -> each instanceof Number number
                ? number.doubleValue() : Double.NaN).orElse(Double.NaN);
        InventoryView.Waiting waiting = kept.map(each -> new InventoryView.Waiting(visit.storeUrl("proposals", Long.toString(each.id())),
                visit.text("families.price.proposed", visit.format().money(proposed)),
                each.proposal().reasons().isEmpty() ? "" : each.proposal().reasons().get(0).text())).orElse(null);
        boolean may = visit.may(Role.ANALYST);
        try {
            var answer = desk.curve(visit.store().id(), product);
            DemandCurve curve = answer.value();
            String source = curve.elasticity().map(each -> visit.textOr("families.source." + each.source(), each.source())).orElse("");
            return new PricingView(product, title, curve.prices().length == 0 ? visit.text("families.curve.none") : "",
                    visit.said(answer.fallback().orElse("")), stats(visit, curve), source,
                    PricePicture.of(visit, title, curve, trial.value > 0 ? trial.value : proposed), waiting, may, trial.price,
                    trial.wrong, trial.outlook, trial.explanation);
        } catch (KontorException | NoSuchElementException e) {
            return new PricingView(product, title, visit.said(e.getMessage()), "", List.of(), "", List.of(), waiting, may, trial.price,
                    trial.wrong, trial.outlook, trial.explanation);
        }
    }

    private static List<Fact> stats(Visit visit, DemandCurve curve) {
        List<Fact> stats = new ArrayList<>();
        stats.add(new Fact(visit.text("families.price.now"), visit.format().money(curve.currentPrice())));
        curve.elasticity().ifPresent(elasticity -> {
            stats.add(new Fact(visit.text("families.elasticity"), visit.format().number(elasticity.value(), 2)));
            stats.add(new Fact(visit.text("families.interval"), visit.text("families.to", visit.format().number(elasticity.low(), 2),
                    visit.format().number(elasticity.high(), 2))));
        });
        if (curve.units().length > 0) {
            stats.add(new Fact(visit.text("families.units"), visit.format().number(curve.units()[curve.units().length / 2], 1)));
        }
        if (curve.cost() >= 0) {
            stats.add(new Fact(visit.text("families.cost"), visit.format().money(curve.cost())));
        }
        return stats;
    }
}
