package io.kontor.risk.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.explain.Explanation;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Training;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.SampleMembers;
import io.kontor.platform.testkit.model.TrainedRiskScorerContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RiskEnsembleTest extends TrainedRiskScorerContract<Blend> {

    /** The middle of the second half of the records. */
    private static final Instant CUT = Instant.parse("2024-03-16T00:00:00Z");
    private static final String AMOUNT = "com.acme.amount";
    private static final String LINKS = "com.acme.links";
    private static final String MEMORY = "com.acme.memory";

    private record Given(String method, String segmentBy, int folds, double reviewFrom, double declineFrom)
            implements RiskEnsemble.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return RiskEnsemble.Settings.class;
        }
    }

    private static RiskEnsemble ensemble(String method, SampleStore data, SampleMembers members) {
        return new RiskEnsemble(new Given(method, "country", 3, 0.2, 0.8), data, members);
    }

    private static RateByBin byAmount() {
        return new RateByBin(request -> "a" + Math.round(2 * Math.log(1 + Math.max(0, request.transaction().amount()))));
    }

    private static RateByBin byLinks() {
        return new RateByBin(request -> "l" + Math.min(4, request.previous().stream()
                .filter(other -> other.device().equals(request.transaction().device())
                        && !other.customerId().equals(request.transaction().customerId())).count()));
    }

    private static SampleMembers members() {
        return new SampleMembers().with(AMOUNT, byAmount()).with(LINKS, byLinks());
    }

    @Override
    protected TrainedRiskScorer<Blend> plugin(SampleStore data) {
        return ensemble("stacking", data, members());
    }

    private static Training before(SampleStore store) {
        return new Training(store.snapshot().window(null, CUT), 7, new SampleJob());
    }

    /** The mean log loss after the cut. */
    private static double loss(SampleStore store, ToDoubleFunction<RiskRequest> score) {
        double[] sum = new double[2];
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> {
            if (!row.transaction().time().isBefore(CUT)) {
                sum[0] += Odds.loss(score.applyAsDouble(recent.request(row.transaction())), row.label() == LabelledTransaction.Label.FRAUD);
                sum[1]++;
            }
            recent.add(row.transaction());
        });
        assertTrue(sum[1] > 500, "enough cases: " + sum[1]);
        return sum[0] / sum[1];
    }

    private static double lossOf(SampleStore store, RateByBin member) {
        var model = member.train(before(store));
        return loss(store, request -> member.assess(model, request).score());
    }

    @ParameterizedTest
    @ValueSource(strings = {"average", "stacking", "segments"})
    void isAboutAsGoodAsItsBestMemberAndBetterThanTheMeanOne(String method) {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 300, 100, 60, 60, 5);
        double amount = lossOf(store, byAmount());
        double links = lossOf(store, byLinks());
        RiskEnsemble plugin = ensemble(method, store, members());
        Blend model = plugin.train(before(store));
        double own = loss(store, request -> plugin.assessBriefly(model, request).score());
        String figures = method + " " + own + ", amount " + amount + ", links " + links;
        assertTrue(own < (amount + links) / 2, figures);
        if (!method.equals("average")) {
            assertTrue(own < 1.01 * Math.min(amount, links), figures);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stacking", "segments"})
    void aMemberThatRemembersItsTransactionsByHeartIsNotListenedTo(String method) {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 300, 100, 60, 60, 5);
        RateByBin memory = new RateByBin(request -> request.transaction().id());
        var remembered = memory.train(before(store));
        double[] seen = new double[2];
        LabelledTransaction.read(store.snapshot().window(null, CUT), row -> {
            seen[0] += Odds.loss(memory.assess(remembered, new RiskRequest(row.transaction(), List.of())).score(),
                    row.label() == LabelledTransaction.Label.FRAUD);
            seen[1]++;
        });
        Blend model = ensemble(method, store, members().with(MEMORY, memory)).train(before(store));
        double ofOthers = 0;
        double own = -1;
        double others = Double.POSITIVE_INFINITY;
        for (MemberShare share : model.shares()) {
            if (share.plugin().equals(MEMORY)) {
                own = Math.max(own, share.weight());
            } else if (share.segment().isEmpty()) {
                ofOthers += share.weight();
                others = Math.min(others, share.loss());
            }
        }
        assertTrue(seen[0] / seen[1] < others / 2, "by heart it would be the best: " + seen[0] / seen[1] + " against " + others);
        assertTrue(own >= 0 && own < 0.05 * ofOthers, model.shares().toString());
    }

    @Test
    void aMemberThatHasGoneIsLeftOutAndComesBack() throws IOException {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 200, 50, 12, 12, 7);
        SampleMembers members = members();
        RiskEnsemble plugin = ensemble("average", store, members);
        Blend model = plugin.train(store.training(1));
        List<RiskRequest> requests = new ArrayList<>();
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> requests.add(recent.request(row.transaction())));
        RiskRequest request = requests.get(100);
        double both = plugin.assess(model, request).score();
        members.remove(LINKS);
        var amounts = byAmount();
        assertEquals(amounts.assess(amounts.train(store.training(1)), request).score(), plugin.assess(model, request).score(), 1e-12,
                "the other one counts for it");
        members.remove(AMOUNT);
        assertThrows(KontorException.class, () -> plugin.assess(model, request), "the guard falls back");
        members.with(LINKS, byLinks()).with(AMOUNT, byAmount());
        assertEquals(both, plugin.assess(model, request).score());
        Blend again = plugin.train(store.training(1));
        assertArrayEquals(bytes(plugin, model), bytes(plugin, again));
    }

    private static byte[] bytes(RiskEnsemble plugin, Blend model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(model, out);
        return out.toByteArray();
    }

    @Test
    void sharesOfTheMembersAddUpToTheScore() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 200, 50, 12, 12, 7);
        RiskEnsemble plugin = ensemble("stacking", store, members());
        Blend model = plugin.train(store.training(1));
        RecentTransactions recent = new RecentTransactions();
        LabelledTransaction.read(store.snapshot(), row -> {
            var assessment = plugin.assess(model, recent.request(row.transaction()));
            Explanation explanation = assessment.explanation().orElseThrow();
            assertEquals(Explanation.Kind.SHAPLEY, explanation.kind());
            assertEquals(assessment.score(), explanation.output());
            assertTrue(assessment.reasons().get(0).text().startsWith("Listened to "), assessment.reasons().toString());
            recent.add(row.transaction());
        });
    }

    @Test
    void withoutAMemberThereIsNoEnsemble() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 200, 50, 12, 12, 7);
        KontorException refused = assertThrows(KontorException.class,
                () -> ensemble("stacking", store, new SampleMembers()).train(store.training(1)));
        assertEquals(KontorException.Kind.CONFIGURATION, refused.kind());
    }
}
