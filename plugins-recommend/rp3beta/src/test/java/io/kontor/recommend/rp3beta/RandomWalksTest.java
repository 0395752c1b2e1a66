package io.kontor.recommend.rp3beta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.job.JobContext;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RandomWalksTest extends TrainedRecommenderContract<Neighbours> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(double alpha, double beta, int neighbours, int halfLifeDays, String precision) implements RandomWalks.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return RandomWalks.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<Neighbours> plugin(SampleStore data) {
        return new RandomWalks(new Given(0, -1, 0, 0, "8-bit"), data);
    }

    private static RandomWalks given(SampleStore data, double alpha, double beta, int neighbours) {
        return new RandomWalks(new Given(alpha, beta, neighbours, 0, "float"), data);
    }

    /** Two customers who chose a and b, one of them c as well; a third chose c and d. */
    private static SampleStore small(Locale locale) {
        return new SampleStore(locale).purchase("u", "a", TIME).purchase("u", "b", TIME).purchase("v", "a", TIME).purchase("v", "b", TIME)
                .purchase("v", "c", TIME).purchase("w", "c", TIME).purchase("w", "d", TIME);
    }

    @Test
    void walksAsTheFormulaSays() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = given(store, 0.8, 0.4, 10).train(store.training(1));
        double throughU = Math.pow(1 / 2.0, 0.8) * Math.pow(1 / 2.0, 0.8);
        double throughV = Math.pow(1 / 2.0, 0.8) * Math.pow(1 / 3.0, 0.8);
        assertEquals((throughU + throughV) / Math.pow(2, 0.4),
                model.similarity(model.items().indexOf("a"), model.items().indexOf("b")), 1e-6);
        assertEquals(Math.pow(1 / 2.0, 0.8) * Math.pow(1 / 2.0, 0.8),
                model.similarity(model.items().indexOf("c"), model.items().indexOf("d")), 1e-6);
        assertEquals(0, model.similarity(model.items().indexOf("a"), model.items().indexOf("d")));
    }

    @Test
    void keepsTheNearestSourcesOfEachTarget() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = given(store, 1, 0.2, 1).train(store.training(1));
        assertTrue(model.similarity(model.items().indexOf("c"), model.items().indexOf("d")) > 0);
        assertEquals(0, model.similarity(model.items().indexOf("c"), model.items().indexOf("a")), "b is nearer to a");
    }

    @Test
    void takesTheOperatorsSettingsAndChoosesTheRest() {
        Choices choices = Choices.read(TasteGroups.generate(4, 60, 40, 12, 7).training(1), 0);
        JobContext job = JobContext.unwatched();
        assertEquals(new Walk(0.7, 0.1, 30), new WalkSearch(0.7, 0.1, 30).best(choices, 1, job));
        Walk chosen = new WalkSearch(0.7, -1, 0).best(choices, 1, job);
        assertEquals(0.7, chosen.alpha());
        assertTrue(chosen.beta() >= 0 && chosen.neighbours() >= 25, chosen.toString());
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() throws Exception {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        TrainedRecommender<Neighbours> plugin = plugin(store);
        Neighbours model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    @Test
    void saysWhyInTheLanguageOfTheStore() {
        SampleStore store = small(Locale.SIMPLIFIED_CHINESE);
        RandomWalks plugin = given(store, 0.6, 0.2, 10);
        RecommendationRequest about = new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of("a"), List.of(), List.of(), 1,
                any -> true);
        assertEquals("选择过a的顾客也选择了它。",
                plugin.recommend(plugin.train(store.training(1)), about).items().get(0).reasons().get(0).text());
    }

    @Test
    void refusesDataInWhichNothingGoesTogether() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME).purchase(null, "c", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No two products"), refused.getMessage());
    }
}
