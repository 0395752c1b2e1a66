package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.models.RankingContract;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The held-out customers; every model gets the same requests in the same order. */
final class RankingHoldout implements FamilyEvaluation.Holdout {

    private static final int STEP = 50;

    private final Snapshot earlier;
    private final Instant begin;
    private final List<RankingCase> cases;
    private final int products;

    /**
     * Held-out customers.
     *
     * @param earlier what models learn from
     * @param begin the first moment of the later part
     * @param cases the customers, each with at least one new product
     * @param products how many products the earlier part has
     */
    RankingHoldout(Snapshot earlier, Instant begin, List<RankingCase> cases, int products) {
        this.earlier = earlier;
        this.begin = begin;
        this.cases = cases;
        this.products = products;
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
    public FamilyEvaluation.Judgement judge(Object plugin, Object model, JobContext job) {
        Function<RecommendationRequest, Ranking> recommender = recommender(plugin, model);
        RankingMetrics metrics = new RankingMetrics(cases.size());
        int done = 0;
        for (RankingCase one : cases) {
            if (done % STEP == 0) {
                job.checkCancelled();
                job.progress((double) done / cases.size(), "customer " + done + " of " + cases.size());
            }
            metrics.add(answer(recommender, one.request(RankingMetrics.LIST)), one.relevant());
            done++;
        }
        return new FamilyEvaluation.Judgement(metrics.evaluation(products), metrics.scores());
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

    private static List<String> answer(Function<RecommendationRequest, Ranking> recommender, RecommendationRequest request) {
        Ranking ranking = recommender.apply(request);
        RankingContract.violation(ranking, request).ifPresent(violation -> {
            throw new KontorException(KontorException.Kind.PLUGIN, "An answer " + violation + ".");
        });
        return ranking.items().stream().map(RankedItem::product).toList();
    }
}
