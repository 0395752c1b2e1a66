package io.kontor.recommend.als;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.data.Interaction;
import io.kontor.api.explain.Contribution;
import io.kontor.api.job.JobContext;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImplicitAlsTest extends TrainedRecommenderContract<ItemFactors> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final Given GIVEN = new Given(16, 12, 0.01, 0.1, 0, "float");

    /** Settings as the operator may give them. */
    record Given(int factors, int iterations, double regularisation, double unobserved, int halfLifeDays, String precision)
            implements ImplicitAls.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return ImplicitAls.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<ItemFactors> plugin(SampleStore data) {
        return new ImplicitAls(new Given(16, 12, 0, 0, 0, "float"), data);
    }

    private static RecommendationRequest request(List<Interaction> history, List<String> session, int n) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), session, history, n,
                product -> history.stream().noneMatch(deed -> deed.product().equals(product)) && !session.contains(product));
    }

    private static List<Interaction> purchases(String... products) {
        List<Interaction> history = new ArrayList<>();
        for (String product : products) {
            history.add(new Interaction(product, Interaction.Type.PURCHASE, TIME, 1));
        }
        return history;
    }

    private static float[] learned(Choices choices, int factors, Strengths strengths, int iterations, JobContext job) {
        return new Factorisation(choices.matrix(), Evenness.NONE, factors, job).run(strengths, iterations, 1, done -> { });
    }

    /** A model whose products stay in their order. */
    private static ItemFactors unsorted(Choices choices, Evenness evenness, Strengths strengths, int factors, float[] learned) {
        int size = choices.items().size();
        float[] rows = new float[size * factors];
        for (int item = 0; item < size; item++) {
            System.arraycopy(learned, item * Factorisation.stride(factors), rows, item * factors, factors);
        }
        return new ItemFactors(choices.items(), choices.counting(), evenness, strengths, factors, new PackedRows(rows, size, factors), null);
    }

    private static byte[] bytes(ItemFactors model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        ImplicitAls plugin = new ImplicitAls(GIVEN, store);
        ItemFactors model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    @Test
    void findsMoreOfWhatWasHiddenThanPopularity() {
        SampleStore store = TasteGroups.generate(6, 100, 60, 12, 9);
        Choices choices = Choices.read(store.training(1), 0);
        ChoiceHoldout holdout = choices.holdOut(0.2, 600, 3);
        float[] popularity = new float[choices.items().size()];
        for (int place = 0; place < holdout.rest().size(); place++) {
            popularity[holdout.rest().matrix().column(place)]++;
        }
        double baseline = holdout.ndcg((chosen, weights, scores) -> System.arraycopy(popularity, 0, scores, 0, scores.length),
                JobContext.unwatched());
        Strengths strengths = new Strengths(0.01, 0.1);
        float[] learned = learned(holdout.rest(), 16, strengths, 12, JobContext.unwatched());
        ItemFactors model = unsorted(holdout.rest(), Evenness.NONE, strengths, 16, learned);
        double found = holdout.ndcg((chosen, weights, scores) ->
                model.vectors().scores(new FoldIn(model, chosen, weights).vector(), scores), JobContext.unwatched());
        assertTrue(found > 1.5 * baseline, found + " against " + baseline + " of popularity");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void judgesByVectorsLikeThoseOfAnswers(double exponent) {
        ChoiceHoldout holdout = Choices.read(TasteGroups.generate(6, 100, 60, 12, 9).training(1), 0).holdOut(0.2, 600, 3);
        Strengths strengths = new Strengths(0.01, 0.1);
        Evenness evenness = Evenness.of(holdout.rest().matrix(), exponent);
        Factorisation factorisation = new Factorisation(holdout.rest().matrix(), evenness, 16, JobContext.unwatched());
        float[] learned = factorisation.run(strengths, 5, 1, done -> { });
        ItemFactors model = unsorted(holdout.rest(), evenness, strengths, 16, learned);
        double answered = holdout.ndcg((chosen, weights, scores) -> {
            float[] even = weights.clone();
            model.evenness().weigh(chosen, even);
            model.vectors().scores(new FoldIn(model, chosen, even).vector(), scores);
        }, JobContext.unwatched());
        assertEquals(answered, factorisation.quality(holdout, learned, strengths), 0.01 * answered);
    }

    @Test
    void countsTheClicksOfTheRunningVisitAtOnce() {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        ImplicitAls plugin = new ImplicitAls(GIVEN, store);
        ItemFactors model = plugin.train(store.training(1));
        List<RankedItem> items = plugin.recommend(model, request(List.of(), List.of("p2-0", "p2-1"), 5)).items();
        assertTrue(items.stream().allMatch(item -> TasteGroups.group(item.product()) == 2), items.toString());
        assertTrue(plugin.recommend(model, request(List.of(), List.of("new in the shop"), 5)).items().isEmpty());
    }

    @Test
    void explainsScoresByWhatEachChoiceAdds() {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        ImplicitAls plugin = new ImplicitAls(GIVEN, store);
        ItemFactors model = plugin.train(store.training(1));
        List<RankedItem> items = plugin.recommend(model, request(purchases("p1-0", "p1-2", "p2-1"), List.of(), 5)).items();
        int[] products = {model.items().indexOf("p1-0"), model.items().indexOf("p1-2"), model.items().indexOf("p2-1")};
        FoldIn customer = new FoldIn(model, products, new float[] {1, 1, 1});
        float[] scores = new float[model.items().size()];
        model.vectors().scores(customer.vector(), scores);
        assertEquals(5, items.size());
        for (RankedItem item : items) {
            assertEquals(scores[model.items().indexOf(item.product())], item.score(), 1e-5);
            double sum = item.explanation().orElseThrow().contributions().stream().mapToDouble(Contribution::amount).sum();
            assertEquals(item.score(), sum, 1e-9);
            assertTrue(item.reasons().get(0).text().startsWith("Customers who chose Product "), item.reasons().toString());
        }
    }

    @Test
    void findsTheVectorOfACustomerThatTrainingWouldFind() {
        SampleStore store = TasteGroups.generate(2, 30, 20, 8, 3);
        Choices choices = Choices.read(store.training(1), 0);
        Strengths strengths = new Strengths(0.02, 0.2);
        float[] learned = learned(choices, 12, strengths, 5, JobContext.unwatched());
        ItemFactors model = unsorted(choices, Evenness.NONE, strengths, 12, learned);
        float[] solved = new float[choices.actors() * 16];
        float[] energies = new float[16];
        for (int k = 0; k < 12; k++) {
            energies[k] = model.energy(k);
        }
        RowSolver solver = new RowSolver(choices.matrix(), learned, energies, 16, strengths);
        for (int again = 0; again < 20; again++) {
            solver.improve(7, solved);
        }
        float[] folded = new FoldIn(model, choices.matrix().columnsOf(7), choices.matrix().valuesOf(7)).vector();
        for (int k = 0; k < 16; k++) {
            assertEquals(solved[7 * 16 + k], folded[k], 1e-4);
        }
    }

    @Test
    void leavesOutOnlyProductsThatCannotBeAmongTheBest() {
        SampleStore store = TasteGroups.generate(12, 20, 100, 9, 21);
        ImplicitAls plugin = new ImplicitAls(GIVEN, store);
        ItemFactors model = plugin.train(store.training(1));
        float[] scores = new float[model.items().size()];
        for (int customer = 0; customer < 40; customer++) {
            int[] products = {model.items().indexOf("p" + customer % 12 + "-0"), model.items().indexOf("p" + (customer + 5) % 12 + "-1")};
            float[] vector = new FoldIn(model, products, new float[] {1, 0.3f}).vector();
            model.vectors().scores(vector, scores);
            int[] best = Search.best(model, vector, 10, product -> product % 3 != 0);
            float worst = scores[best[9]];
            int better = 0;
            for (int product = 0; product < scores.length; product++) {
                better += product % 3 != 0 && scores[product] > worst ? 1 : 0;
            }
            assertEquals(9, better);
        }
    }

    @Test
    void learnsTheSameOnAnyNumberOfThreads() throws IOException {
        SampleStore store = TasteGroups.generate(4, 400, 60, 6, 13);
        Choices choices = Choices.read(store.training(1), 0);
        Strengths strengths = new Strengths(0.01, 0.1);
        float[] alone = learned(choices, 20, strengths, 4, JobContext.unwatched());
        float[] side = learned(choices, 20, strengths, 4, new Side());
        assertArrayEquals(alone, side);
    }

    @Test
    void answersNearlyTheSameWithEightBitsInAQuarterOfTheRoom() throws IOException {
        SampleStore store = TasteGroups.generate(6, 60, 300, 10, 5);
        ImplicitAls exact = new ImplicitAls(new Given(64, 8, 0.01, 0.1, 0, "float"), store);
        ImplicitAls small = new ImplicitAls(new Given(64, 8, 0.01, 0.1, 0, "8-bit"), store);
        ItemFactors model = exact.train(store.training(1));
        ItemFactors packed = small.train(store.training(1));
        assertTrue(bytes(packed).length < 0.35 * bytes(model).length, bytes(packed).length + " of " + bytes(model).length + " bytes");
        int same = 0;
        for (int number = 0; number < 60; number++) {
            RecommendationRequest request = request(store.history("c1-" + number, 500), List.of(), 10);
            List<String> expected = exact.recommend(model, request).items().stream().map(RankedItem::product).toList();
            same += (int) small.recommend(small.read(new ByteArrayInputStream(bytes(packed))), request).items().stream()
                    .filter(item -> expected.contains(item.product())).count();
        }
        assertTrue(same > 0.95 * 600, same + " of 600 answers are the same");
    }

    @Test
    void choosesStrengthsThatFindMoreThanBadOnes() {
        SampleStore store = TasteGroups.generate(5, 60, 50, 12, 5);
        Choices choices = Choices.read(store.training(1), 0);
        Strengths chosen = strengths(16, choices, 0, 0);
        ChoiceHoldout other = choices.holdOut(0.2, 300, 77);
        assertTrue(judged(other, 16, chosen) > 1.2 * judged(other, 16, new Strengths(1, 2)), chosen.toString());
        assertEquals(new Strengths(0.5, 0.7), strengths(16, choices, 0.5, 0.7));
        assertEquals(0.5, strengths(16, choices, 0.5, 0).regularisation());
    }

    @Test
    void letsManyChoicesCountLessWhereTheySayLittle() {
        SampleStore store = TasteGroups.generate(5, 60, 50, 12, 5);
        assertEquals(0, Tuning.best(16, new double[2], Choices.read(store.training(1), 0), 1, JobContext.unwatched(), done -> { }).evenness());
        Random random = new Random(3);
        for (int dealer = 0; dealer < 40; dealer++) {
            for (int purchase = 0; purchase < 100; purchase++) {
                store.purchase("dealer" + dealer, "p" + random.nextInt(5) + "-" + random.nextInt(50), TIME);
            }
        }
        Tuning.Chosen chosen = Tuning.best(16, new double[2], Choices.read(store.training(1), 0), 1, JobContext.unwatched(), done -> { });
        assertTrue(chosen.evenness() > 0, "those who buy everything have no taste: " + chosen);
    }

    private static Strengths strengths(int factors, Choices choices, double... given) {
        Tuning.Chosen chosen = Tuning.best(factors, given, choices, 1, JobContext.unwatched(), done -> { });
        assertEquals(factors, chosen.factors());
        return chosen.strengths();
    }

    @Test
    void takesMoreFactorsOnlyWhereTheyHelp() {
        Choices few = Choices.read(TasteGroups.generate(5, 60, 50, 12, 5).training(1), 0);
        assertEquals(64, Tuning.best(0, new double[] {0.01, 0.1}, few, 1, JobContext.unwatched(), done -> { }).factors());
        // Three hundred tastes, each of which is nothing but itself: fewer factors than that must mix some of them.
        Choices many = Choices.read(TasteGroups.generate(300, 8, 4, 3, 5).training(1), 0);
        assertTrue(Tuning.best(0, new double[] {0.01, 0.1}, many, 1, JobContext.unwatched(), done -> { }).factors() > 64);
    }

    @Test
    void findsTheVectorsOfThoseWhoChoseMoreThanThereAreFactors() {
        Choices choices = Choices.read(TasteGroups.generate(2, 30, 20, 8, 3).training(1), 0);
        Strengths strengths = new Strengths(0.02, 0.2);
        float[] learned = learned(choices, 12, strengths, 5, JobContext.unwatched());
        ItemFactors model = unsorted(choices, Evenness.NONE, strengths, 12, learned);
        int[] many = IntStream.range(0, 12).toArray();
        float[] weights = new float[12];
        Arrays.fill(weights, 0.5f);
        FoldIn ofMany = new FoldIn(model, many, weights);
        // With one more that hardly counts the system has the size of the factors and not of the history.
        FoldIn ofFew = new FoldIn(model, Arrays.copyOf(many, 11), Arrays.copyOf(weights, 11));
        float[] faint = Arrays.copyOf(weights, 12);
        faint[11] = 1e-6f;
        FoldIn ofNearlyFew = new FoldIn(model, many, faint);
        assertArrayEquals(ofNearlyFew.vector(), ofFew.vector(), 1e-4f);
        double[][] parts = ofFew.parts(new int[] {20, 21});
        double[][] same = ofNearlyFew.parts(new int[] {20, 21});
        double[][] other = ofMany.parts(new int[] {20, 21});
        for (int h = 0; h < 11; h++) {
            assertEquals(same[1][h], parts[1][h], 1e-4);
        }
        assertEquals(Kernels.dot(ofMany.vector(), 0, learned, 21 * 16, 16), Arrays.stream(other[1]).sum(), 1e-4);
    }

    /** With few factors hardly any regularisation is as good as more; with that more factors do not help, and with more they do. */
    @Test
    void findsMoreThanNeighboursWhereChoicesAreFewAndLocal() {
        Random random = new Random(3);
        int products = 2_400;
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int customer = 0; customer < 4_000; customer++) {
            int home = random.nextInt(products);
            int count = 3 + random.nextInt(6);
            for (int choice = 0; choice < count; choice++) {
                int near = Math.floorMod(home + (int) Math.round(2 * random.nextGaussian()), products);
                store.purchase("c" + customer, "p" + (random.nextInt(10) == 0 ? random.nextInt(products) : near), TIME);
            }
        }
        Choices choices = Choices.read(store.training(1), 0);
        ChoiceHoldout holdout = choices.holdOut(0.2, 3_000, 77);
        double cosine = holdout.ndcg(new Cosine(holdout.rest().matrix())::score, JobContext.unwatched());
        Tuning.Chosen chosen = Tuning.best(0, new double[2], holdout.rest(), 1, JobContext.unwatched(), done -> { });
        double found = judged(holdout, chosen.factors(), chosen.strengths());
        assertTrue(found > 1.06 * cosine, found + " with " + chosen + ", " + cosine + " of neighbours");
    }

    /** The sum of the cosines with the chosen products. */
    private record Cosine(SparseMatrix byActor, SparseMatrix byProduct) {

        Cosine(SparseMatrix byActor) {
            this(byActor, byActor.transposed());
        }

        void score(int[] chosen, float[] weights, float[] scores) {
            for (int product : chosen) {
                for (int actor : byProduct.columnsOf(product)) {
                    for (int other : byActor.columnsOf(actor)) {
                        scores[other] += 1 / (float) Math.sqrt(byProduct.length(product) * byProduct.length(other));
                    }
                }
            }
        }
    }

    private static double judged(ChoiceHoldout holdout, int factors, Strengths strengths) {
        float[] learned = learned(holdout.rest(), factors, strengths, 10, JobContext.unwatched());
        ItemFactors model = unsorted(holdout.rest(), Evenness.NONE, strengths, factors, learned);
        return holdout.ndcg((products, weights, scores) -> model.vectors().scores(new FoldIn(model, products, weights).vector(), scores),
                JobContext.unwatched());
    }

    @Test
    void neverRecommendsTheProductLookedAt() {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        ImplicitAls plugin = new ImplicitAls(GIVEN, store);
        ItemFactors model = plugin.train(store.training(1));
        RecommendationRequest looked = new RecommendationRequest(Optional.of("product"), Optional.empty(), Optional.of("p0-0"), List.of(),
                List.of(), 8, product -> true);
        List<String> found = plugin.recommend(model, looked).items().stream().map(RankedItem::product).toList();
        assertEquals(8, found.size());
        assertFalse(found.contains("p0-0"));
    }
}
