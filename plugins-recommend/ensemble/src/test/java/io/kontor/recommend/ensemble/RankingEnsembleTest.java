package io.kontor.recommend.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
import io.kontor.api.decision.Reason;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.model.MemberShare;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.SampleMembers;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingEnsembleTest extends TrainedRecommenderContract<Blend> {

    private static final String HEART = "com.acme.heart";
    private static final int SHOPS = 10;

    private record Given(String method) implements RankingEnsemble.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return RankingEnsemble.Settings.class;
        }
    }

    private static SampleMembers members() {
        return new SampleMembers().with("com.acme.popular", Counted.popular()).with("com.acme.together", Counted.together());
    }

    private static RankingEnsemble ensemble(String method, SampleStore data, SampleMembers members) {
        return new RankingEnsemble(new Given(method), data, members);
    }

    @Override
    protected TrainedRecommender<Blend> plugin(SampleStore data) {
        return ensemble("stacking", data, members());
    }

    private static SampleStore shop() {
        return TasteGroups.generate(4, 60, 20, 10, 3);
    }

    /** The moment after which a fifth of the choices comes. */
    private static Instant cut(SampleStore store) {
        List<Instant> times = new ArrayList<>();
        Positive.each(store.snapshot(), new SampleJob(), (customer, interaction) -> times.add(interaction.time()));
        return times.get(times.size() * 4 / 5);
    }

    private static Training before(SampleStore store) {
        return new Training(store.snapshot().window(null, cut(store)), 7, new SampleJob());
    }

    /** The mean normalised discounted cumulative gain at 10 after the cut. */
    private static double gain(SampleStore store, Recommender recommender) {
        Instant cut = cut(store);
        Map<String, Customer> customers = new TreeMap<>();
        Positive.each(store.snapshot(), new SampleJob(), (customer, interaction) -> {
            Customer one = customers.computeIfAbsent(customer, Customer::new);
            if (interaction.time().isBefore(cut)) {
                one.did(interaction);
            } else {
                one.turnedTo(interaction.product());
            }
        });
        double sum = 0;
        int count = 0;
        for (Customer one : customers.values()) {
            if (!one.relevant().isEmpty()) {
                List<RankedItem> items = recommender.recommend(one.request(10)).items();
                boolean[] hits = new boolean[items.size()];
                for (int i = 0; i < hits.length; i++) {
                    hits[i] = one.relevant().contains(items.get(i).product());
                }
                sum += RankingMetrics.ndcg(hits, one.relevant().size(), 10);
                count++;
            }
        }
        assertTrue(count > 50, "enough customers: " + count);
        return sum / count;
    }

    private static double gainOf(SampleStore store, Counted member) {
        var model = member.train(before(store));
        return gain(store, request -> member.recommend(model, request));
    }

    @Test
    void refusesToMergeOneMemberOnly() {
        SampleStore store = shop();
        SampleMembers popular = new SampleMembers().with("com.acme.popular", Counted.popular());
        KontorException refused = assertThrows(KontorException.class,
                () -> ensemble("stacking", store, popular).train(store.training(1)));
        assertEquals(KontorException.Kind.CONFIGURATION, refused.kind());
        assertTrue(refused.getMessage().contains("one member only, com.acme.popular"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"average", "stacking", "segments"})
    void isAboutAsGoodAsItsBestMemberAndBetterThanTheMeanOne(String method) {
        SampleStore store = shop();
        double popular = gainOf(store, Counted.popular());
        double together = gainOf(store, Counted.together());
        RankingEnsemble plugin = ensemble(method, store, members());
        Blend model = plugin.train(before(store));
        double own = gain(store, request -> plugin.recommend(model, request));
        String figures = method + " " + own + ", popular " + popular + ", together " + together;
        assertTrue(own > (popular + together) / 2, figures);
        if (!method.equals("average")) {
            assertTrue(own > 0.97 * Math.max(popular, together), figures);
        }
    }

    /** Counts, and notes how often it learns and how often it searches. */
    private record Searching(Counted counted, AtomicInteger learned, AtomicInteger searched)
            implements TrainedRecommender<Map<String, Map<String, Integer>>> {

        @Override
        public Map<String, Map<String, Integer>> train(Training training) {
            learned.incrementAndGet();
            training.findings().once(Integer.class, searched::incrementAndGet);
            return counted.train(training);
        }

        @Override
        public void write(Map<String, Map<String, Integer>> model, OutputStream out) throws IOException {
            counted.write(model, out);
        }

        @Override
        public Map<String, Map<String, Integer>> read(InputStream in) throws IOException {
            return counted.read(in);
        }

        @Override
        public Ranking recommend(Map<String, Map<String, Integer>> model, RecommendationRequest request) {
            return counted.recommend(model, request);
        }
    }

    @Test
    void membersSearchTheirSettingsOnceInATrainingAndAgainInTheNext() {
        SampleStore store = shop();
        Searching one = new Searching(Counted.together(), new AtomicInteger(), new AtomicInteger());
        Searching other = new Searching(Counted.popular(), new AtomicInteger(), new AtomicInteger());
        RankingEnsemble plugin = ensemble("stacking", store, new SampleMembers().with("com.acme.one", one).with("com.acme.other", other));
        plugin.train(store.training(1));
        assertEquals(List.of(2, 1, 2, 1),
                List.of(one.learned().get(), one.searched().get(), other.learned().get(), other.searched().get()));
        plugin.train(store.training(1));
        assertEquals(2, one.searched().get());
    }

    private static List<RankedItem> list(String first, String others) {
        List<RankedItem> list = new ArrayList<>();
        for (int rank = 0; rank < 10; rank++) {
            list.add(new RankedItem(rank == 0 ? first : others + rank, 10 - rank, List.of(new Reason("listed", "Listed.", 1))));
        }
        return list;
    }

    @Test
    void asksWhoAddsToTheLittleThatIsFoundInALargeCatalogue() {
        Rehearsal rehearsal = new Rehearsal();
        for (int customer = 0; customer < 1_000; customer++) {
            rehearsal.add(Segment.MANY, List.of(list(customer < 20 ? "wanted" : "one", "one"),
                    list(customer >= 20 && customer < 27 ? "wanted" : "other", "other"), list("third", "third")), Set.of("wanted"));
        }
        double[] weights = Learning.stacked(new double[] {0.98, 0.993, 1}, rehearsal);
        assertTrue(weights[0] > weights[1] && weights[1] > 0, "a third more is found with the second: " + Arrays.toString(weights));
        assertEquals(0, weights[2], "the third finds nothing");
        assertTrue(rehearsal.gain(weights) > 1.1 * rehearsal.gain(new double[] {1, 0, 0}));
    }

    /** Customers who turn to one of 30 products; members hear of it as clearly as they are able to. */
    private static Rehearsal heard(int customers, long seed, double... clearness) {
        Random random = new Random(seed);
        Rehearsal rehearsal = new Rehearsal();
        for (int customer = 0; customer < customers; customer++) {
            List<List<RankedItem>> lists = new ArrayList<>();
            for (double clear : clearness) {
                List<RankedItem> list = new ArrayList<>();
                for (int product = 0; product < 30; product++) {
                    list.add(new RankedItem("p" + product, (product == 0 ? clear : 0) + random.nextGaussian(), List.of()));
                }
                list.sort(Comparator.comparingDouble((RankedItem item) -> -item.score()));
                lists.add(list);
            }
            rehearsal.add(Segment.MANY, lists, Set.of("p0"));
        }
        return rehearsal;
    }

    /** What stacked members gain of other customers, as a share of the gain of the best of them alone. */
    private static double share(double... clearness) {
        double sum = 0;
        for (int shop = 0; shop < SHOPS; shop++) {
            Rehearsal some = heard(100, shop, clearness);
            double[] losses = new double[clearness.length];
            Arrays.setAll(losses, m -> some.loss(only(m, losses.length)));
            Rehearsal others = heard(2_000, SHOPS + shop, clearness);
            double best = IntStream.range(0, losses.length).mapToDouble(m -> others.gain(only(m, losses.length))).max().orElseThrow();
            sum += others.gain(Learning.stacked(losses, some)) / best;
        }
        return sum / SHOPS;
    }

    private static double[] only(int member, int count) {
        double[] only = new double[count];
        only[member] = 1;
        return only;
    }

    @Test
    void isNoWorseThanWhoIsClearlyTheBestAndBetterWhereMembersComplementEachOther() {
        double alone = share(0, 1.5, 0, 0, 0);
        assertTrue(alone >= 0.99, "of other customers' gain by the best alone: " + alone);
        double together = share(1.5, 1.5, 1.3, 0);
        assertTrue(together > 1.3, "of other customers' gain by the best alone: " + together);
    }

    @Test
    void leavesTheBestAloneWhenAnotherAddsNothing() {
        Rehearsal rehearsal = new Rehearsal();
        for (int customer = 0; customer < 100; customer++) {
            rehearsal.add(Segment.MANY, List.of(list(customer < 30 ? "wanted" : "one", "one"), list("other", "other")), Set.of("wanted"));
        }
        assertArrayEquals(only(0, 2), Learning.stacked(new double[] {0.7, 1}, rehearsal));
        assertEquals(0, rehearsal.lead(only(0, 2), only(0, 2)), "the same has no lead");
        assertTrue(rehearsal.lead(only(0, 2), only(1, 2)) > 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stacking", "segments"})
    void aMemberThatKnowsItsCustomersByHeartIsNotListenedTo(String method) {
        SampleStore store = shop();
        Counted heart = Counted.byHeart();
        var known = heart.train(store.training(1));
        assertTrue(gain(store, request -> heart.recommend(known, request)) > 0.9, "what it has seen it knows");
        Blend model = ensemble(method, store, members().with(HEART, heart)).train(store.training(1));
        for (MemberShare share : model.shares()) {
            assertTrue(!share.plugin().equals(HEART) || share.weight() == 0, model.shares().toString());
        }
    }

    @Test
    void aMemberThatHasGoneIsLeftOutAndWithoutAnyTheGuardFallsBack() {
        SampleStore store = shop();
        SampleMembers members = members();
        RankingEnsemble plugin = ensemble("average", store, members);
        Blend model = plugin.train(store.training(1));
        Interaction last = store.history("c0-0", 1).get(0);
        RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of("c0-0"), Optional.empty(), List.of(),
                List.of(last), 10, product -> true);
        RankedItem first = plugin.recommend(model, request).items().get(0);
        assertEquals(first.score(), first.explanation().orElseThrow().output(), 1e-12);
        members.remove("com.acme.together");
        Counted popular = Counted.popular();
        assertEquals(popular.recommend(popular.train(store.training(1)), request).items().stream().map(RankedItem::product).toList(),
                plugin.recommend(model, request).items().stream().map(RankedItem::product).toList());
        members.remove("com.acme.popular");
        assertThrows(KontorException.class, () -> plugin.recommend(model, request));
    }
}
