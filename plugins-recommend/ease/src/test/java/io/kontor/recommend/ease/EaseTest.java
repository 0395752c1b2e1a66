package io.kontor.recommend.ease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.explain.Explanation;
import io.kontor.api.job.JobContext;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EaseTest extends TrainedRecommenderContract<EaseModel> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(double lambda, int items, int halfLifeDays, String precision, boolean texts) implements Ease.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return Ease.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<EaseModel> plugin(SampleStore data) {
        return new Ease(new Given(0, 0, 0, "8-bit", true), data);
    }

    private static Ease exact(SampleStore data, double lambda, int items) {
        return new Ease(new Given(lambda, items, 0, "float", true), data);
    }

    /** Two customers who chose a and b, one of them c as well; a third chose c and d. */
    private static SampleStore small(Locale locale) {
        return new SampleStore(locale).purchase("u", "a", TIME).purchase("u", "b", TIME).purchase("v", "a", TIME).purchase("v", "b", TIME)
                .purchase("v", "c", TIME).purchase("w", "c", TIME).purchase("w", "d", TIME);
    }

    private static RecommendationRequest about(String product) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of(product), List.of(), List.of(), 10, any -> true);
    }

    @Test
    void restoresChoicesWithTheLeastError() {
        // Every actor chose as many products and every product as often, so that all have the same say.
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int actor = 0; actor < 6; actor++) {
            for (int step : new int[] {0, 1, 3}) {
                store.purchase("u" + actor, "p" + (actor + step) % 6, TIME);
            }
        }
        EaseModel model = exact(store, 2, 0).train(store.training(1));
        double[][] gram = new double[6][6];
        for (int actor = 0; actor < 6; actor++) {
            for (int one : new int[] {0, 1, 3}) {
                for (int other : new int[] {0, 1, 3}) {
                    gram[model.items().indexOf("p" + (actor + one) % 6)][model.items().indexOf("p" + (actor + other) % 6)]++;
                }
            }
        }
        for (int source = 0; source < 6; source++) {
            for (int target = 0; target < 6; target++) {
                double slope = -gram[source][target];
                for (int k = 0; k < 6; k++) {
                    slope += (gram[source][k] + (k == source ? 2 + gram[k][k] / 3 : 0)) * model.rows().similarity(k, target);
                }
                // Where the error is least, its derivative by each weight that is free is 0.
                assertEquals(0, source == target ? model.rows().similarity(source, target) : slope, 1e-5);
            }
        }
    }

    @Test
    void learnsWhatIsSaidOfProductsLikeChoices() {
        SampleStore store = new SampleStore(Locale.ENGLISH).product("p0", "red teapot", 1).product("p1", "blue teapot", 1)
                .product("p2", "red lamp", 1);
        for (int actor = 0; actor < 6; actor++) {
            for (int step : new int[] {0, 1, 3}) {
                store.purchase("u" + actor, "p" + (actor + step) % 6, TIME);
            }
        }
        Choices choices = Choices.read(store.training(1), 0);
        Likeness likeness = Likeness.read(store.training(1).data(), choices.items(), JobContext.unwatched());
        float[] weights = new Autoencoder(choices, likeness).weights(new Trial(2, 3), JobContext.unwatched());
        double[][] gram = new double[6][6];
        for (int product = 0; product < 6; product++) {
            likeness.add(product, 3, gram[product]);
        }
        assertEquals(3, gram[choices.items().indexOf("p0")][choices.items().indexOf("p0")], 1e-6);
        // Of 6 products 2 have the word "red" and 2 "teapot", 1 each of the others.
        double shared = Math.log(7 / 3.0);
        double own = Math.log(7 / 2.0);
        assertEquals(3 * shared * shared / Math.sqrt(2 * shared * shared * (shared * shared + own * own)),
                gram[choices.items().indexOf("p0")][choices.items().indexOf("p1")], 1e-6);
        for (int actor = 0; actor < 6; actor++) {
            for (int one : new int[] {0, 1, 3}) {
                for (int other : new int[] {0, 1, 3}) {
                    gram[choices.items().indexOf("p" + (actor + one) % 6)][choices.items().indexOf("p" + (actor + other) % 6)]++;
                }
            }
        }
        for (int source = 0; source < 6; source++) {
            for (int target = 0; target < 6; target++) {
                double slope = -gram[source][target];
                for (int k = 0; k < 6; k++) {
                    slope += (gram[source][k] + (k == source ? 2 + gram[k][k] / 3 : 0)) * weights[k * 6 + target];
                }
                assertEquals(0, source == target ? weights[source * 6 + source] : slope, 1e-5);
            }
        }
    }

    // Twelve kinds of products, whose titles name them, and customers of one kind each who chose so little that much is left to the titles.
    private static SampleStore titled(boolean telling) {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(5);
        for (int product = 0; product < 240; product++) {
            store.product("p" + product, (telling ? "kind" + product % 12 : "kind" + random.nextInt(12)) + " article" + product, 1);
        }
        for (int customer = 0; customer < 240; customer++) {
            for (int choice = 0; choice < 3; choice++) {
                store.purchase("c" + customer, "p" + (customer % 12 + 12 * random.nextInt(20)), TIME);
            }
        }
        return store;
    }

    private static double ofTheSameKind(SampleStore store, boolean texts) {
        Ease plugin = new Ease(new Given(0, 0, 0, "float", texts), store);
        EaseModel model = plugin.train(store.training(1));
        int same = 0;
        for (int product = 0; product < 240; product++) {
            int kind = product % 12;
            same += (int) plugin.recommend(model, about("p" + product)).items().stream()
                    .filter(item -> Integer.parseInt(item.product().substring(1)) % 12 == kind).count();
        }
        return same / 2_400.0;
    }

    @Test
    void findsMoreWhereTitlesTellAndLosesNothingWhereTheyDoNot() {
        double choices = ofTheSameKind(titled(true), false);
        double both = ofTheSameKind(titled(true), true);
        assertTrue(both > choices + 0.1 && both > 0.9, both + " by choices and titles, " + choices + " by choices");
        double misled = ofTheSameKind(titled(false), true);
        assertTrue(misled > 0.98 * ofTheSameKind(titled(false), false), misled + " with titles that tell nothing");
    }

    @Test
    void recommendsWhatGoesWithTheProductLookedAt() {
        SampleStore store = small(Locale.ENGLISH).product("a", "Teapot", 20);
        Ease plugin = exact(store, 1, 0);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), about("a")).items();
        assertEquals("b", items.get(0).product());
        assertEquals("Customers who chose Teapot chose this too.", items.get(0).reasons().get(0).text());
        assertEquals(Explanation.Kind.EVIDENCE, items.get(0).explanation().orElseThrow().kind());
        Ease chinese = exact(small(Locale.SIMPLIFIED_CHINESE), 1, 0);
        assertEquals("选择过a的顾客也选择了它。",
                chinese.recommend(chinese.train(store.training(1)), about("a")).items().get(0).reasons().get(0).text());
    }

    @Test
    void countsNothingTwice() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i < 40; i++) {
            store.purchase("u" + i, "c", TIME).purchase("u" + i, i % 2 == 0 ? "a" : "b", TIME);
        }
        EaseModel model = exact(store, 1, 0).train(store.training(1));
        int a = model.items().indexOf("a");
        int b = model.items().indexOf("b");
        assertTrue(model.rows().similarity(a, b) < 0, "both go with c, but nobody who chose a chose b");
        assertTrue(model.rows().similarity(model.items().indexOf("c"), b) > 0);
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        Ease plugin = (Ease) plugin(store);
        EaseModel model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    @Test
    void losesLessThanOneInAThousandWithEightBitsInAThirdOfTheMemory() throws Exception {
        ChoiceHoldout held = Choices.read(TasteGroups.generate(6, 200, 80, 20, 5).training(1), 0).holdOut(0.2, 2_000, 43);
        float[] weights = new Autoencoder(held.rest(), Likeness.none(held.rest().items().size()))
                .weights(new Trial(120, 0), JobContext.unwatched());
        Rows floats = new FloatRows(weights, held.rest().items().size());
        Rows bytes = ByteRows.of(weights, held.rest().items().size());
        assertTrue(ndcg(held, bytes) > 0.999 * ndcg(held, floats), ndcg(held, bytes) + " instead of " + ndcg(held, floats));
        assertTrue(size(held.rest(), bytes) < 0.35 * size(held.rest(), floats));
    }

    private static double ndcg(ChoiceHoldout held, Rows rows) {
        return held.ndcg((chosen, counts, scores) -> {
            for (int i = 0; i < chosen.length; i++) {
                rows.add(chosen[i], counts[i], scores);
            }
        }, JobContext.unwatched());
    }

    private static int size(Choices choices, Rows rows) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EaseModel(choices.items(), choices.counting(), rows).write(out);
        return out.size();
    }

    @Test
    void knowsTheMostChosenProductsWhereNotAllFit() {
        SampleStore store = small(Locale.ENGLISH);
        EaseModel model = exact(store, 1, 3).train(store.training(1));
        assertEquals(3, model.items().size());
        assertEquals(-1, model.items().indexOf("d"), "d was chosen by one, all others by two");
        assertEquals(5_792, MatrixMemory.products(640L << 20));
        assertTrue(MatrixMemory.products(Long.MAX_VALUE) <= Math.sqrt(Integer.MAX_VALUE), "an array must hold the square");
    }

    @Test
    void refusesDataInWhichNothingGoesTogether() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME).purchase(null, "c", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No two products"), refused.getMessage());
    }

    @Test
    void isSilentAboutProductsItDoesNotKnow() {
        SampleStore store = small(Locale.ENGLISH);
        Ease plugin = exact(store, 1, 0);
        assertTrue(plugin.recommend(plugin.train(store.training(1)), about("new in the shop")).items().isEmpty());
    }
}
