package io.kontor.recommend.matrixfactorization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.PageRequest;
import io.kontor.api.admin.View;
import io.kontor.api.choice.Choices;
import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixFactorizationTest extends TrainedRecommenderContract<RatingModel> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(int factors, int epochs, double learningRate, double regularisation) implements MatrixFactorization.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return MatrixFactorization.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<RatingModel> plugin(SampleStore data) {
        return new MatrixFactorization(new Given(16, 25, 0.02, 0.01), data);
    }

    /** Customers of two tastes who give five stars to films of their own and two to those of the other, with a quarter of chance. */
    private static SampleStore films(Locale locale, long seed) {
        Random random = new Random(seed);
        SampleStore store = new SampleStore(locale);
        for (int customer = 0; customer < 150; customer++) {
            for (int deed = 0; deed < 25; deed++) {
                int film = random.nextInt(60);
                double stars = Math.max(1, Math.min(5, (film % 2 == customer % 2 ? 5 : 2) + random.nextInt(2) - random.nextInt(2)));
                store.event("rating", "c" + customer, null, "f" + film, stars, TIME.plusSeconds(customer * 100L + deed));
            }
        }
        return store;
    }

    private static RecommendationRequest request(List<Interaction> history, int n) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), history, n,
                product -> history.stream().noneMatch(deed -> deed.product().equals(product)));
    }

    @Test
    void predictsRatingsBetterThanTheirMean() {
        SampleStore store = films(Locale.ENGLISH, 1);
        RatingModel model = new MatrixFactorization(new Given(8, 25, 0.02, 0.01), store).train(store.training(1));
        double[] losses = model.course().validation();
        double best = Arrays.stream(losses).min().orElseThrow();
        // Stars of 5 and 2 have a variance of more than 2.
        assertTrue(best < 1, Arrays.toString(losses));
        assertTrue(model.course().training()[losses.length - 1] < model.course().training()[0]);
    }

    @Test
    void choosesTheRegularisationThatPredictsHeldOutRatingsBest() {
        SampleStore store = films(Locale.ENGLISH, 4);
        double open = least(store, 0);
        for (double given : new double[] {0.005, 0.02, 0.1}) {
            assertTrue(open <= least(store, given), given + ": " + least(store, given) + " against " + open);
        }
    }

    private static double least(SampleStore store, double regularisation) {
        RatingModel model = new MatrixFactorization(new Given(8, 15, 0.02, regularisation), store).train(store.training(1));
        return Arrays.stream(model.course().validation()).min().orElseThrow();
    }

    @Test
    void foldsInSomebodyWhoRatedAfterTraining() {
        SampleStore store = films(Locale.ENGLISH, 2);
        MatrixFactorization plugin = new MatrixFactorization(new Given(8, 25, 0.02, 0.01), store);
        RatingModel model = plugin.train(store.training(1));
        List<Interaction> history = new ArrayList<>();
        for (Map.Entry<String, Double> rated : Map.of("f0", 5.0, "f2", 5.0, "f1", 1.0, "f3", 1.0).entrySet()) {
            history.add(new Interaction(rated.getKey(), Interaction.Type.RATING, TIME, rated.getValue()));
        }
        List<RankedItem> items = plugin.recommend(model, request(history, 10)).items();
        long own = items.stream().filter(item -> Integer.parseInt(item.product().substring(1)) % 2 == 0).count();
        assertTrue(own >= 9, items.toString());
        assertTrue(items.get(0).reasons().get(0).text().startsWith("Customers who chose f"), items.get(0).reasons().toString());
    }

    @Test
    void learnsFromChoicesWhereThereAreNoRatings() {
        SampleStore store = TasteGroups.generate(4, 60, 30, 12, 5);
        MatrixFactorization plugin = new MatrixFactorization(new Given(16, 20, 0.02, 0), store);
        RatingModel model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 4, 60);
        // Popularity would be right for one customer in four.
        assertTrue(own > 0.6, own + " of the products are to the customer's taste");
    }

    @Test
    void showsTheLossOfEachEpochAndAHistogramOfScores() {
        SampleStore store = films(Locale.ENGLISH, 3);
        MatrixFactorization plugin = new MatrixFactorization(new Given(8, 6, 0.02, 0.01), store);
        assertInstanceOf(View.Notice.class,
                ((PageContent.Views) plugin.render(new PageRequest("sample", Locale.SIMPLIFIED_CHINESE, Map.of()))).views().get(0));
        RatingModel model = plugin.train(store.training(1));
        List<View> views = ((PageContent.Views) plugin.render(new PageRequest("sample", Locale.SIMPLIFIED_CHINESE, Map.of(),
                () -> Optional.of(model)))).views();
        View.LineChart losses = (View.LineChart) views.get(0);
        assertEquals("各轮的均方误差", losses.title());
        assertEquals(model.course().training().length, losses.x().size());
        View.BarChart histogram = (View.BarChart) views.get(1);
        assertEquals(Ratings.read(store.training(1), Choices.read(store.training(1), 0)).size() / 10, Arrays.stream(histogram.values()).sum());
    }

    @Test
    void countsTheLatestRatingOfAProductOnly() {
        SampleStore store = new SampleStore(Locale.ENGLISH).event("rating", "u", null, "a", 1, TIME).event("rating", "u", null, "a", 5,
                TIME.plusSeconds(1)).event("rating", "v", null, "b", 4, TIME);
        Ratings ratings = Ratings.read(store.training(1), Choices.read(store.training(1), 0));
        assertEquals(2, ratings.size());
        assertEquals(5, ratings.values()[0]);
        assertTrue(ratings.explicit());
    }
}
