package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.bandit.ArmPolicy;
import io.kontor.api.bandit.LinearArm;
import io.kontor.api.bandit.LinearBandit;
import io.kontor.api.bandit.LoggedChoices;
import io.kontor.api.bandit.OffPolicy;
import io.kontor.api.bandit.OffPolicyEstimate;
import io.kontor.api.metric.Interval;
import io.kontor.api.store.Store;
import io.kontor.platform.decisions.Learning;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Learns in the transactions that write the log, so that nothing is lost or counted twice, whichever node serves; a case counts as without a
 * reward until there is one. What all nodes learned is read again every second while a placement is asked.
 */
@Component(service = {KeptLearning.class, Learning.class, StoreListener.class})
public final class KeptLearning implements Learning, OutcomeObserver, StoreListener {

    /** Which share of the choices is spread evenly over the strategies. */
    static final double FLOOR = 0.1;

    private static final double RIDGE = 1;
    /** At most the standard deviation of a reward from 0 to 1. */
    private static final double SPREAD = 0.5;
    private static final int MOST_PLACES = 5_000;
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int MOST_LOGGED = 20_000;
    private static final int FOLDS = 5;
    private static final String REWARDED = "rewarded";

    private final Database database;
    private final DoubleSupplier draw;
    private final LoadingCache<Place, Map<String, double[]>> known;

    /** What learns. */
    private record Place(String store, String name) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database keeps what was learned
     */
    @Activate
    public KeptLearning(@Reference Database database) {
        this(database, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** With draws from 0 to 1 that decide what is chosen. */
    KeptLearning(Database database, DoubleSupplier draw) {
        this.database = database;
        this.draw = draw;
        this.known = Caffeine.newBuilder().maximumSize(MOST_PLACES).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(place -> database.jdbc(connection -> BanditTable.read(connection, place.store, place.name)));
    }

    /**
     * Chooses one of the strategies of a placement that learns.
     *
     * @param store the store's id
     * @param placement with two or more strategies
     * @param place the placement's id, or that of a variant
     * @param context what the visit is like
     * @return the choice with its true probability
     */
    LoggedChoice choose(String store, Placement placement, String place, double[] context) {
        List<String> strategies = placement.strategies();
        LinearBandit.Choice choice = bandit(store, placement, place).choose(context, draw.getAsDouble());
        return new LoggedChoice(place, strategies.get(choice.arm()), choice.propensity(), context);
    }

    /** Has what all nodes learned read again for the next choice. */
    void renew(String store, String place) {
        known.invalidate(new Place(store, place));
    }

    private LinearBandit bandit(String store, Placement placement, String place) {
        Map<String, double[]> sums = known.get(new Place(store, place));
        List<LinearArm> arms = placement.strategies().stream().map(strategy -> sums.containsKey(strategy)
                ? LinearArm.of(VisitContext.FEATURES, RIDGE, sums.get(strategy)) : new LinearArm(VisitContext.FEATURES, RIDGE)).toList();
        return new LinearBandit(LinearBandit.Method.valueOf(placement.learning().toUpperCase(Locale.ROOT)), SPREAD, FLOOR, arms);
    }

    @Override
    public void served(Connection connection, List<Served> lists) throws SQLException {
        Map<BanditTable.Key, LinearArm> learned = new TreeMap<>();
        for (Served served : lists) {
            LoggedChoice.of(served.question()).ifPresent(choice -> arm(learned, served, choice).add(choice.context(), 0));
        }
        add(connection, learned);
    }

    @Override
    public void ledTo(Connection connection, List<Outcome> outcomes) throws SQLException {
        Map<BanditTable.Key, LinearArm> learned = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            Served served = outcome.served();
            boolean earned = outcome.kind() == Outcome.Kind.CLICK || outcome.kind() == Outcome.Kind.PURCHASE;
            LoggedChoice choice = earned ? LoggedChoice.of(served.question()).orElse(null) : null;
            if (choice != null && MeasureTable.first(connection, served, "", REWARDED, "", served.time(), 0)) {
                arm(learned, served, choice).reward(choice.context(), 1);
            }
        }
        add(connection, learned);
    }

    private static LinearArm arm(Map<BanditTable.Key, LinearArm> learned, Served served, LoggedChoice choice) {
        return learned.computeIfAbsent(new BanditTable.Key(served.store(), choice.place(), choice.arm()),
                key -> new LinearArm(VisitContext.FEATURES, RIDGE));
    }

    private static void add(Connection connection, Map<BanditTable.Key, LinearArm> learned) throws SQLException {
        for (Map.Entry<BanditTable.Key, LinearArm> entry : learned.entrySet()) {
            BanditTable.add(connection, entry.getKey(), entry.getValue());
        }
    }

    @Override
    public Standing of(String store, Placement placement) {
        List<String> strategies = placement.strategies();
        Map<String, double[]> sums = database.jdbc(connection -> BanditTable.read(connection, store, placement.id()));
        LoggedChoices choices = logged(store, placement);
        OffPolicy evaluation = new OffPolicy();
        List<Arm> arms = new ArrayList<>();
        for (int a = 0; a < strategies.size(); a++) {
            double[] sum = sums.get(strategies.get(a));
            LinearArm arm = sum == null ? new LinearArm(VisitContext.FEATURES, RIDGE) : LinearArm.of(VisitContext.FEATURES, RIDGE, sum);
            ArmPolicy always = ArmPolicy.always(a, strategies.size());
            arms.add(new Arm(strategies.get(a), (long) arm.cases(), arm.mean(), share(evaluation.selfNormalised(choices, always)),
                    share(evaluation.inversePropensity(choices, always)), share(evaluation.doublyRobust(choices, always, FOLDS, RIDGE))));
        }
        return new Standing(placement.learning(), FLOOR, choices.size(), Arrays.stream(choices.rewards()).average().orElse(Double.NaN),
                share(evaluation.doublyRobust(choices, ArmPolicy.uniform(strategies.size()), FOLDS, RIDGE)), arms);
    }

    /** The same within 0 and 1, as rewards are 0 or 1 here. */
    private static OffPolicyEstimate share(OffPolicyEstimate one) {
        Interval interval = one.interval();
        return new OffPolicyEstimate(share(one.value()), one.standardError(), new Interval(share(interval.low()), share(interval.high()),
                interval.level()), one.effectiveSize(), one.largestWeight(), one.clippedShare());
    }

    private static double share(double value) {
        return Math.max(0, Math.min(1, value));
    }

    /** The latest choices of a placement among the strategies that it has now; others were chosen with other probabilities. */
    private LoggedChoices logged(String store, Placement placement) {
        List<String> strategies = placement.strategies();
        List<LoggedChoice> choices = new ArrayList<>();
        List<Double> rewards = new ArrayList<>();
        database.jdbc(connection -> {
            ServedTable.latest(connection, store, MOST_LOGGED, REWARDED, (question, rewarded) ->
                    LoggedChoice.of(question).filter(choice -> choice.place().equals(placement.id()) && strategies.contains(choice.arm()))
                            .ifPresent(choice -> {
                                choices.add(choice);
                                rewards.add(rewarded ? 1.0 : 0.0);
                            }));
            return null;
        });
        return new LoggedChoices(strategies.size(), choices.stream().map(LoggedChoice::context).toArray(double[][]::new),
                choices.stream().mapToInt(choice -> strategies.indexOf(choice.arm())).toArray(),
                rewards.stream().mapToDouble(reward -> reward).toArray(), choices.stream().mapToDouble(LoggedChoice::propensity).toArray());
    }

    @Override
    public void present(Store store) {
        // a store begins with nothing learned
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            BanditTable.deleteAll(connection, store.id());
            return null;
        });
        known.asMap().keySet().removeIf(place -> place.store.equals(store.id()));
    }
}
