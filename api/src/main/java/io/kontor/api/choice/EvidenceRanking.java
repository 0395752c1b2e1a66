package io.kontor.api.choice;

import io.kontor.api.data.Product;
import io.kontor.api.data.StoreData;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.IntPredicate;

/**
 * Answers with scores and with the products of the basket that speak most for each product, in the store's language. Made once for a store;
 * safe for use by many threads.
 */
public final class EvidenceRanking {

    private static final int MOST_REASONS = 2;
    private static final int MOST_EVIDENCE = 5;
    private static final int LONGEST_TITLE = 200;
    // Adding to a table and going through it costs about as much as going through so many times the products.
    private static final int SPARSE = 8;
    // Of so many products the processor's caches no longer have the ids.
    private static final int MANY = 10_000;
    // How many of the best products are barred at most, as a rule: so many that who asks knows already, and some others.
    private static final int MOST_KNOWN = 50;
    private static final int SPARE = 10;
    // What speaks for a product that who asks turned to before.
    private static final String AGAIN = "again";
    // Stands for a title; no character.
    private static final String TITLE = "\uffff";
    // A store whose language is missing is spoken to in English, not in the language of the server.
    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final StoreData data;
    private volatile Words words;

    // Finds the best products but for one.
    private interface Search {

        int[] best(int current, int most, IntPredicate eligible);
    }

    // The sentences of one language; that of a reason is what stands around the title.
    private record Words(Locale locale, List<String> reason, String again, String others) {
    }

    /**
     * For one store.
     *
     * @param data titles and language
     */
    public EvidenceRanking(StoreData data) {
        this.data = data;
    }

    /**
     * Ranks all products by a model whose scores are sums over the basket.
     *
     * @param items the products
     * @param scores the model
     * @param basket what is known of who asks
     * @param request what is asked
     * @return products with a score above 0 that may be in the answer, best first, each with its evidence
     */
    public Ranking of(Items items, ItemScores scores, Basket basket, RecommendationRequest request) {
        Wording wording = new Wording(items, basket);
        double[] parts = new double[basket.size()];
        for (int product : best(items, scores, basket, request)) {
            for (int place = 0; place < parts.length; place++) {
                parts[place] = basket.weight(place) * (double) scores.similarity(basket.product(place), product);
            }
            wording.add(product, parts);
        }
        return wording.ranking();
    }

    private static int[] best(Items items, ItemScores scores, Basket basket, RecommendationRequest request) {
        if (scores instanceof SparseScores sparse) {
            long reach = 0;
            for (int i = 0; i < basket.size(); i++) {
                reach += sparse.reach(basket.product(i));
            }
            if (reach * SPARSE < items.size()) {
                ScoreSums sums = sums(sparse, basket, (int) reach);
                return best(items, request, (current, most, eligible) -> best(sums, current, most, eligible));
            }
        }
        float[] sums = new float[items.size()];
        for (int i = 0; i < basket.size(); i++) {
            scores.add(basket.product(i), basket.weight(i), sums);
        }
        return best(items, sums, request);
    }

    private static ScoreSums sums(SparseScores scores, Basket basket, int reach) {
        ScoreSums sums = new ScoreSums(reach);
        for (int i = 0; i < basket.size(); i++) {
            scores.add(basket.product(i), basket.weight(i), sums);
        }
        return sums;
    }

    private static int[] best(ScoreSums sums, int current, int most, IntPredicate eligible) {
        TopItems best = new TopItems(most);
        // What a product needs at least: of equal ones the one with the smaller index is kept.
        float least = Float.MIN_VALUE;
        for (int place = 0; place < sums.places(); place++) {
            float sum = sums.sum(place);
            if (sum >= least) {
                int product = sums.product(place);
                if (product != current && best.takes(product, sum) && eligible.test(product)) {
                    best.offer(product, sum);
                    least = best.size() < most ? least : best.score(0);
                }
            }
        }
        return best.drain();
    }

    /**
     * The best products of an answer.
     *
     * @param items the products
     * @param scores one a product; only those above 0 are taken
     * @param request says how many, which may be in the answer, and which one is looked at
     * @return indices, best first
     */
    public static int[] best(Items items, float[] scores, RecommendationRequest request) {
        return best(items, request, (current, most, eligible) -> best(scores, current, most, eligible));
    }

    // Of many products, to ask whether one may be in the answer takes longer than to find it: the very best are asked, or all if those are few.
    private static int[] best(Items items, RecommendationRequest request, Search search) {
        int current = request.product().map(items::indexOf).orElse(-1);
        int most = Math.min(request.n(), Math.max(1, items.size()));
        IntPredicate eligible = product -> request.eligible().test(items.id(product));
        if (items.size() < MANY) {
            return search.best(current, most, eligible);
        }
        int some = most + Math.min(MOST_KNOWN, request.history().size() + request.session().size()) + SPARE;
        int[] found = search.best(current, some, product -> true);
        int count = 0;
        for (int i = 0; i < found.length && count < most; i++) {
            if (eligible.test(found[i])) {
                found[count++] = found[i];
            }
        }
        return count == most || found.length < some ? Arrays.copyOf(found, count) : search.best(current, most, eligible);
    }

    private static int[] best(float[] scores, int current, int most, IntPredicate eligible) {
        TopItems best = new TopItems(most);
        // What a product needs more than: of equal ones the first is kept.
        float worst = 0;
        for (int product = 0; product < scores.length; product++) {
            if (scores[product] > worst && product != current && eligible.test(product)) {
                best.offer(product, scores[product]);
                worst = best.size() < most ? 0 : best.score(0);
            }
        }
        return best.drain();
    }

    /**
     * Puts an answer into words.
     *
     * @param items the products
     * @param best the answer, nearly in order, as sums of single precision may differ in the last digits
     * @param basket what is known of who asks
     * @param parts a row a product of the answer: what the product in each place of the basket adds to its score
     * @return the answer, in the order of the sums of the rows; none with a sum of 0 or less
     */
    public Ranking of(Items items, int[] best, Basket basket, double[][] parts) {
        double[] sums = new double[best.length];
        int[] order = new int[best.length];
        int count = 0;
        for (int i = 0; i < best.length; i++) {
            double sum = 0;
            for (double part : parts[i]) {
                sum += part;
            }
            if (sum > 0) {
                int at = count++;
                for (; at > 0 && sums[at - 1] < sum; at--) {
                    sums[at] = sums[at - 1];
                    order[at] = order[at - 1];
                }
                sums[at] = sum;
                order[at] = i;
            }
        }
        Wording wording = new Wording(items, basket);
        for (int i = 0; i < count; i++) {
            wording.add(best[order[i]], parts[order[i]]);
        }
        return wording.ranking();
    }

    // An answer that is put into words, product by product.
    private final class Wording {

        private final Items items;
        private final Basket basket;
        private final Words spoken = words();
        private final Map<Integer, String> titles = new HashMap<>();
        private final Map<String, String> sentences = new HashMap<>();
        private final List<RankedItem> ranked = new ArrayList<>();

        Wording(Items items, Basket basket) {
            this.items = items;
            this.basket = basket;
        }

        void add(int product, double[] parts) {
            Shares shares = new Shares(parts);
            List<Contribution> evidence = new ArrayList<>(MOST_EVIDENCE + 1);
            double rest = shares.sum();
            for (int i = 0; i < shares.kept(); i++) {
                int known = basket.product(shares.place(i));
                String title = titles.computeIfAbsent(known, one -> title(items.id(one)));
                evidence.add(new Contribution(known == product ? AGAIN : "similar-to", title, items.id(known), shares.part(i)));
                rest -= shares.part(i);
            }
            if (shares.kept() < shares.speaking()) {
                evidence.add(new Contribution("others", spoken.others(), "", rest));
            }
            Explanation explanation = new Explanation(Explanation.Kind.EVIDENCE, 0, shares.sum(), evidence);
            ranked.add(new RankedItem(items.id(product), shares.sum(), explanation.reasons(MOST_REASONS, each -> each.feature().equals(AGAIN)
                    ? spoken.again() : sentences.computeIfAbsent(each.name(), name -> String.join(name, spoken.reason()))),
                    Optional.of(explanation)));
        }

        Ranking ranking() {
            return new Ranking(ranked);
        }
    }

    private Words words() {
        Locale locale = data.store().locale();
        Words known = words;
        if (known == null || !known.locale().equals(locale)) {
            ResourceBundle bundle = ResourceBundle.getBundle("OSGI-INF.l10n.choice", locale, EvidenceRanking.class.getClassLoader(),
                    STORE_LANGUAGE);
            // To format a sentence for each reason would take longer than to find most of them.
            String reason = new MessageFormat(bundle.getString("reason"), locale).format(new Object[] {TITLE});
            known = new Words(locale, List.of(reason.split(TITLE, -1)), bundle.getString("again"), bundle.getString("others"));
            words = known;
        }
        return known;
    }

    private String title(String product) {
        return data.product(product).map(Product::title).filter(title -> !title.isBlank()).map(EvidenceRanking::shortened).orElse(product);
    }

    private static String shortened(String title) {
        if (title.length() <= LONGEST_TITLE) {
            return title;
        }
        int end = Character.isHighSurrogate(title.charAt(LONGEST_TITLE - 1)) ? LONGEST_TITLE - 1 : LONGEST_TITLE;
        return title.substring(0, end).strip() + "…";
    }

    // What the products of a basket add to one score: the sum, how many say anything, and the largest parts above 0.
    private static final class Shares {

        private final int[] places = new int[MOST_EVIDENCE];
        private final double[] parts = new double[MOST_EVIDENCE];
        private int kept;
        private int speaking;
        private double sum;

        Shares(double[] all) {
            for (int place = 0; place < all.length; place++) {
                add(place, all[place]);
            }
        }

        private void add(int place, double part) {
            sum += part;
            speaking += part != 0 ? 1 : 0;
            if (part > 0 && (kept < MOST_EVIDENCE || part > parts[MOST_EVIDENCE - 1])) {
                int at = kept < MOST_EVIDENCE ? kept++ : MOST_EVIDENCE - 1;
                for (; at > 0 && parts[at - 1] < part; at--) {
                    places[at] = places[at - 1];
                    parts[at] = parts[at - 1];
                }
                places[at] = place;
                parts[at] = part;
            }
        }

        int kept() {
            return kept;
        }

        int speaking() {
            return speaking;
        }

        double sum() {
            return sum;
        }

        int place(int rank) {
            return places[rank];
        }

        double part(int rank) {
            return parts[rank];
        }
    }
}
