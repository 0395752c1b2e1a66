package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.Exposure;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.models.RankingContract;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The held-out customers; every model gets the same requests in the same order. Metrics are means over the customers ({@link RankingMetrics});
 * coverage and Gini index of all lists together count the products of the earlier part.
 */
final class RankingHoldout implements FamilyEvaluation.Holdout {

    private static final String PRIMARY = "ndcg@10";
    private static final int STEP = 50;
    private static final int K = 10;
    private static final int LIST = 20;

    private final Snapshot earlier;
    private final Instant begin;
    private final String part;
    private final List<RankingCase> cases;
    private final RankedCatalogue products;
    private final Slicing slicing;

    /**
     * Held-out customers.
     *
     * @param earlier what models learn from
     * @param begin the first moment of the later part
     * @param part what models learn from, in words
     * @param cases the customers, each with at least one new product
     * @param products the products of the earlier part
     * @param slicing how the customers are parted
     */
    RankingHoldout(Snapshot earlier, Instant begin, String part, List<RankingCase> cases, RankedCatalogue products, Slicing slicing) {
        this.earlier = earlier;
        this.begin = begin;
        this.part = part;
        this.cases = cases;
        this.products = products;
        this.slicing = slicing;
    }

    /** How many customers there are. */
    int cases() {
        return cases.size();
    }

    @Override
    public Snapshot earlier() {
        return earlier.window(null, null);
    }

    @Override
    public Instant begin() {
        return begin;
    }

    @Override
    public String part() {
        return part;
    }

    @Override
    public FamilyEvaluation.Judgement judge(Object plugin, Object model, JobContext job) {
        Function<RecommendationRequest, Ranking> recommender = recommender(plugin, model);
        Lists lists = new Lists(cases.size(), products);
        double[] scores = new double[cases.size()];
        int done = 0;
        for (RankingCase one : cases) {
            if (done % STEP == 0) {
                job.checkCancelled();
                job.progress((double) done / cases.size(), "customer " + done + " of " + cases.size());
            }
            List<RankedItem> items = answer(recommender, one.request(LIST));
            scores[done] = items.isEmpty() ? Double.NaN : items.get(0).score();
            lists.set(done++, items.stream().map(RankedItem::product).toList(), one.relevant());
        }
        return lists.judgement(slicing).answering(scores);
    }

    @SuppressWarnings("unchecked")
    private static Function<RecommendationRequest, Ranking> recommender(Object plugin, Object model) {
        if (plugin instanceof TrainedRecommender<?> trained) {
            return request -> ((TrainedRecommender<Object>) trained).recommend(model, request);
        } else if (plugin instanceof Recommender recommender) {
            return recommender::recommend;
        }
        throw new KontorException(KontorException.Kind.PLUGIN, plugin.getClass().getName()
                + " says that it is a recommender but is neither a Recommender nor a TrainedRecommender.");
    }

    private static List<RankedItem> answer(Function<RecommendationRequest, Ranking> recommender, RecommendationRequest request) {
        Ranking ranking = recommender.apply(request);
        RankingContract.violation(ranking, request).ifPresent(violation -> {
            throw new KontorException(KontorException.Kind.PLUGIN, "An answer " + violation + ".");
        });
        return ranking.items();
    }

    /** What the lists of one model are worth, customer by customer. */
    static final class Lists {

        private static final List<String> NAMES = List.of(PRIMARY, "recall@20", "map@10", "mrr@10", "hitRate@10", "precision@10",
                "recall@10", "f1@10", "novelty@10");

        private final RankedCatalogue products;
        private final double[] bits;
        private final long[] shown;
        private final Map<String, double[]> values = new LinkedHashMap<>();
        private final int cases;

        Lists(int cases, RankedCatalogue products) {
            this.products = products;
            this.cases = cases;
            bits = products.selfInformation();
            shown = new long[products.size()];
            NAMES.forEach(name -> values.put(name, new double[cases]));
        }

        /**
         * Takes a list.
         *
         * @param i which customer
         * @param list product ids, best first, each once
         * @param relevant what the customer turned to later; not empty
         */
        void set(int i, List<String> list, Set<String> relevant) {
            boolean[] hits = new boolean[list.size()];
            double[] novelty = new double[Math.min(K, hits.length)];
            for (int at = 0; at < hits.length; at++) {
                hits[at] = relevant.contains(list.get(at));
                if (at < K) {
                    int place = products.place(list.get(at));
                    novelty[at] = place < 0 ? Double.NaN : bits[place];
                    if (place >= 0) {
                        shown[place]++;
                    }
                }
            }
            int size = relevant.size();
            values.get(PRIMARY)[i] = RankingMetrics.ndcg(hits, size, K);
            values.get("recall@20")[i] = RankingMetrics.recall(hits, size, LIST);
            values.get("map@10")[i] = RankingMetrics.averagePrecision(hits, size, K);
            values.get("mrr@10")[i] = RankingMetrics.reciprocalRank(hits, K);
            values.get("hitRate@10")[i] = RankingMetrics.hitRate(hits, K);
            values.get("precision@10")[i] = RankingMetrics.precision(hits, K);
            values.get("recall@10")[i] = RankingMetrics.recall(hits, size, K);
            values.get("f1@10")[i] = RankingMetrics.f1(hits, size, K);
            values.get("novelty@10")[i] = Exposure.novelty(novelty, K);
        }

        FamilyEvaluation.Judgement judgement(Slicing slicing) {
            Measures measures = new Measures(PRIMARY, true, cases);
            values.forEach((name, each) -> measures.add(name, Measures.mean(each)));
            return measures.addWhole("coverage@10", Exposure.coverage(shown)).addWhole("gini@10", Exposure.gini(shown)).judgement(slicing);
        }
    }
}
