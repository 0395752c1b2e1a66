package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog.Entry;
import io.kontor.platform.decisions.DecisionLog.Feedback;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A shop of a test with all that chooses and counts; visits are answered without plugins. */
final class Counter implements AutoCloseable {

    final Databases.Opened database;
    final Market market = new Market();
    final KeptPlacements placements;
    final KeptExperiments experiments;
    final ExperimentUnits units = new ExperimentUnits(new Fake.Reversed(), market);
    final KeptLearning learning;
    final PlacementChoice choice;
    final BatchedDecisionLog log;
    private final Instant begun = Instant.now();
    private final List<Feedback> said = new ArrayList<>();
    private int requests;

    Counter(FreshDatabase fresh) {
        this(DecisionLogTest.open(fresh), 11);
    }

    /** Another server on the same database when it is that of another one. */
    Counter(Databases.Opened database) {
        this(database, 12);
    }

    private Counter(Databases.Opened database, long seed) {
        this.database = database;
        placements = new KeptPlacements(database);
        learning = new KeptLearning(database, new SplittableRandom(seed)::nextDouble);
        log = new BatchedDecisionLog(database, new Fake.Reversed(), new Fake.Kept(Set.of()),
                new Attribution(market, market, List.of(units, learning)));
        experiments = new KeptExperiments(database, placements, log);
        choice = new PlacementChoice(new EffectivePlacements(placements), experiments, learning);
    }

    static Placement home(String learning, String... strategies) {
        return new Placement("home", "Home", "home", true, List.of(strategies), null, null, null, null, null, null, learning);
    }

    void put(Placement placement) {
        try {
            placements.put("berlin", placement, "anna");
        } catch (FormRefusedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is chosen for a visit. */
    PlacementChoice.Chosen choose(String customer, double[] context) {
        return choice.choose("berlin", "home", Optional.of(customer), () -> context).orElseThrow();
    }

    /** Notes the answer of a visit; it becomes a click or not. */
    void answered(PlacementChoice.Chosen chosen, String customer, double clicks, double buys) {
        String id = request(requests++);
        Map<String, Object> question = new LinkedHashMap<>(Map.of("placement", "home", "customer", customer));
        question.putAll(chosen.logged());
        String by = chosen.definition().strategies().stream().findFirst().orElse("popular");
        Ranking list = new Ranking(List.of(new RankedItem("p1", 1, List.of(new Reason("popular", "Liked.", Double.NaN)))));
        log.note(new Entry(id, "berlin", begun, "recommend", customer, customer, new Answer.ServedBy(by, "1", Optional.empty()),
                Optional.empty(), question, list));
        if (clicks > 0) {
            said.add(new Feedback(id, "p1", "click", begun.plusSeconds(5)));
        }
        if (buys > 0) {
            said.add(new Feedback(id, "p1", "purchase", begun.plusSeconds(50), Optional.of(buys)));
        }
    }

    private String request(int number) {
        return "r" + System.identityHashCode(this) + "-" + number;
    }

    /** Tells what visitors did since the last time, when all that they were answered is kept. */
    void tell() {
        while (requests > 0 && log.find("berlin", request(requests - 1)).isEmpty()) {
            log.awaitWritten();
        }
        for (int i = 0; i < said.size(); i += 5_000) {
            log.feedback("berlin", said.subList(i, Math.min(said.size(), i + 5_000)));
        }
        said.clear();
        log.list("berlin", null, null, null, null, null, 1);
    }

    @Override
    public void close() {
        log.stop();
        database.close();
    }
}
