package io.kontor.recommend.bpr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairwiseRankingTest extends TrainedRecommenderContract<BprModel> {

    /** Settings as the operator may give them. */
    record Given(int factors, int epochs, double learningRate, double regularisation, int drawn, int halfLifeDays)
            implements PairwiseRanking.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return PairwiseRanking.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<BprModel> plugin(SampleStore data) {
        return new PairwiseRanking(new Given(16, 40, 0.05, 0.01, 4, 0), data);
    }

    private static RecommendationRequest request(List<Interaction> history, List<String> session, int n) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), session, history, n,
                product -> history.stream().noneMatch(deed -> deed.product().equals(product)) && !session.contains(product));
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() throws Exception {
        SampleStore store = TasteGroups.generate(4, 60, 50, 12, 5);
        TrainedRecommender<BprModel> plugin = plugin(store);
        BprModel model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 4, 60);
        // Popularity, which is the same in every group, would be right for one customer in four.
        assertTrue(own > 0.7, own + " of the products are to the customer's taste");
    }

    @Test
    void countsTheClicksOfTheRunningVisitAtOnce() throws Exception {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        TrainedRecommender<BprModel> plugin = plugin(store);
        BprModel model = plugin.train(store.training(1));
        List<RankedItem> items = plugin.recommend(model, request(List.of(), List.of("p2-0", "p2-1", "p2-3"), 6)).items();
        long own = items.stream().filter(item -> TasteGroups.group(item.product()) == 2).count();
        assertTrue(own >= 4, items.toString());
        assertTrue(plugin.recommend(model, request(List.of(), List.of("new in the shop"), 5)).items().isEmpty());
    }

    @Test
    void dividesTheFactorsOfACustomerAmongTheBasket() throws Exception {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        BprModel model = plugin(store).train(store.training(1));
        Basket basket = Basket.of(model.items(), model.counting(), request(List.of(), List.of("p2-0", "p1-1"), 5));
        FoldIn customer = new FoldIn(model, basket);
        float[] scores = model.scores(customer.vector());
        double[] parts = new double[2];
        for (int product = 0; product < 20; product++) {
            customer.of(product, parts);
            assertEquals(scores[product], model.value(product, 16) + parts[0] + parts[1], 1e-4);
        }
    }

    @Test
    void prefersWhatWasChosenMoreTheLongerItLearns() {
        SampleStore store = TasteGroups.generate(4, 100, 50, 12, 8);
        Choices choices = Choices.read(store.training(1), 0);
        Learning learning = new Learning(choices, new Pace(16, 0.05, 0.01, 1), 1, store.training(1).job());
        double first = learning.epoch();
        double early = ahead(learning.model());
        double last = first;
        for (int epoch = 0; epoch < 30; epoch++) {
            last = learning.epoch();
        }
        assertTrue(last < first, first + " " + last);
        assertTrue(ahead(learning.model()) > early);
    }

    private static double ahead(BprModel model) {
        return model.value(model.items().indexOf("p0-0"), 16) - model.value(model.items().indexOf("p0-30"), 16);
    }

    @Test
    void choosesWhatTheOperatorLeftOpen() {
        SampleStore store = TasteGroups.generate(4, 60, 50, 12, 5);
        Choices choices = Choices.read(store.training(1), 0);
        PaceSearch.Plan open = new PaceSearch(16, 30, 0, 0, 0).best(choices, 1, store.training(1).job());
        assertEquals(open, new PaceSearch(16, 30, 0, 0, 0).best(choices, 1, store.training(1).job()));
        assertTrue(open.epochs() >= 1 && open.epochs() <= 30, open.toString());
        PaceSearch.Plan given = new PaceSearch(16, 30, 0.07, 0.015, 3).best(choices, 1, store.training(1).job());
        assertEquals(new Pace(16, 0.07, 0.015, 3), given.pace());
    }
}
