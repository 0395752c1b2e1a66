package io.kontor.platform.admin.internal.measures;

import io.kontor.api.bandit.OffPolicyEstimate;
import io.kontor.platform.admin.internal.measures.MeasuresView.Cell;
import io.kontor.platform.admin.internal.measures.PlacementStandingView.Arm;
import io.kontor.platform.admin.internal.measures.PlacementStandingView.Learned;
import io.kontor.platform.admin.internal.measures.PlacementStandingView.Ready;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Learning;
import io.kontor.platform.decisions.Measures.Estimate;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementReadiness;
import io.kontor.platform.decisions.PlacementReadiness.Served;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows for whom a placement has something to offer, and what it has learned of its strategies. */
@Component(service = Pages.class)
public final class PlacementStandingPages implements Pages {

    private static final double HUNDRED = 100;
    private static final double GOOD = 0.8;
    private static final double FAIR = 0.4;

    private final Placements placements;
    private final PlacementReadiness readiness;
    private final Learning learning;
    private final DecisionLog log;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param placements the operators' placements
     * @param readiness tries them
     * @param learning what they learned
     * @param log has their answers
     * @param names names plugins
     */
    @Activate
    public PlacementStandingPages(@Reference Placements placements, @Reference PlacementReadiness readiness, @Reference Learning learning,
            @Reference DecisionLog log, @Reference Names names) {
        this.placements = placements;
        this.readiness = readiness;
        this.learning = learning;
        this.log = log;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/measures/{placement}", Role.ANALYST, this::show));
    }

    private Answer show(Visit visit) {
        String store = visit.store().id();
        Placement placement = placements.find(store, visit.path("placement")).orElseThrow(() -> Refusal.missing(visit));
        PlacementReadiness.Ready ready = readiness.of(store, placement);
        log.awaitWritten();
        return Answer.html("measures/standing", new PlacementStandingView(placement.title(), List.of(
                ready(visit, "standing.customers", ready.customers()), ready(visit, "standing.products", ready.products())),
                placement.learns() ? Optional.of(learned(visit, learning.of(store, placement))) : Optional.empty()));
    }

    private static Ready ready(Visit visit, String of, Served served) {
        String tone = served.ready() >= GOOD ? "good" : served.ready() >= FAIR ? "warn" : Double.isNaN(served.ready()) ? "" : "bad";
        return new Ready(visit.text(of), MeasurePages.share(visit, new Estimate(served.ready(), served.interval())),
                visit.format().number(served.full()), visit.format().number(served.partly()), visit.format().number(served.fallback()),
                visit.format().number(served.asked()), tone);
    }

    private Learned learned(Visit visit, Learning.Standing standing) {
        List<Arm> arms = standing.arms().stream().map(arm -> new Arm(names.plugin(visit, arm.strategy()),
                visit.format().number(arm.choices()), visit.format().percent(arm.mean()), value(visit, arm.doublyRobust()),
                value(visit, arm.selfNormalised()))).toList();
        String how = visit.text("standing.how." + standing.method(), visit.format().percent(standing.floor()), standing.logged(),
                visit.format().percent(standing.served()), visit.format().percent(standing.uniform().value()));
        return new Learned(how, arms, chart(visit, standing, arms));
    }

    private static Cell value(Visit visit, OffPolicyEstimate estimate) {
        return MeasurePages.share(visit, new Estimate(estimate.value(), estimate.interval()));
    }

    private static Chart chart(Visit visit, Learning.Standing standing, List<Arm> arms) {
        Chart.Series value = series(visit, "standing.value", Chart.Look.LEFT_BARS, standing, arm -> arm.doublyRobust().value());
        Chart.Series mean = series(visit, "standing.mean", Chart.Look.RIGHT_BARS, standing, Learning.Arm::mean);
        return new Chart(visit.text("standing.chart"), Chart.Axis.LABELS, arms.stream().map(Arm::name).toList(),
                visit.text("measures.strategy"), visit.text("measures.percent"), IntStream.range(0, arms.size()).asDoubleStream().toArray(),
                List.of(value, mean), List.of());
    }

    private static Chart.Series series(Visit visit, String name, Chart.Look look, Learning.Standing standing,
            ToDoubleFunction<Learning.Arm> of) {
        return new Chart.Series(visit.text(name), look, standing.arms().stream().mapToDouble(arm -> HUNDRED * of.applyAsDouble(arm)).toArray());
    }
}
