package io.kontor.recommend.ranker;

import io.kontor.api.KontorException;
import io.kontor.api.choice.HiddenChoices;
import io.kontor.api.data.StoreData;
import io.kontor.api.ensemble.Cohort;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Learns the stage: lets the members learn from all records, then again without the last products of some customers, asks them for candidates
 * for these customers, and teaches the machine which of the candidates the customers turned to.
 */
final class Learning {

    private static final double HIDDEN_SHARE = 0.2;
    /** A sample that the seed decides. */
    private static final int MOST_CUSTOMERS = 1_500;
    private static final int LEAST_HITS = 20;
    private static final int ASKED_EVERY = 20;
    private static final int K = 10;
    private static final double FIRST = 0.4;
    private static final double ASKING = 0.75;
    private static final double TEACHING = 0.85;

    private final Training training;
    private final Members members;
    private final StoreData data;
    private final Ranker.Settings settings;

    Learning(Training training, Members members, StoreData data, Ranker.Settings settings) {
        this.training = training;
        this.members = members;
        this.data = data;
        this.settings = settings;
    }

    Stage learn() {
        try (Cohort cohort = Cohort.open(members, Family.RECOMMEND, training)) {
            List<TrainedMember> learned = cohort.train(training.data(), 0, FIRST, "on all data");
            HiddenChoices split = HiddenChoices.of(training.data().window(null, null), HIDDEN_SHARE, MOST_CUSTOMERS, training.seed(),
                    training.job());
            List<TrainedMember> rehearsed = cohort.rehearse(split.rest(), FIRST, ASKING, "on all but the last products of "
                    + split.cases().size() + " customers").orElseThrow(() -> new KontorException(KontorException.Kind.DATA,
                            "The plugins that bring candidates cannot learn from a part of the records, so there is nothing to learn from."));
            Examples examples = new Examples(training.seed());
            Shelf shelf = Shelf.of(split.rest(), training.job());
            double[] losses = ask(rehearsed, split, shelf, examples);
            if (examples.hits() < LEAST_HITS) {
                throw new KontorException(KontorException.Kind.DATA, "Only " + examples.hits() + " of the candidates were chosen later, of "
                        + LEAST_HITS + " that are needed to learn an order; more orders or events are needed.");
            }
            training.job().log("Learns from " + examples.hits() + " chosen and " + (examples.size() - examples.hits())
                    + " other candidates of " + split.cases().size() + " customers");
            Machine machine = new Teaching(training.seed(), settings.factors(), settings.rounds(),
                    new PartOfJob(training.job(), TEACHING, 1, "learning the order")).learn(examples, new Layout(learned.size()).inputs());
            return new Stage(learned, losses, Shelf.of(training.data().window(null, null), training.job()), machine);
        }
    }

    /** Fills the examples and gives what each member alone missed. */
    private double[] ask(List<TrainedMember> learned, HiddenChoices split, Shelf shelf, Examples examples) {
        JobContext job = new PartOfJob(training.job(), ASKING, TEACHING, "asking for candidates");
        Layout layout = new Layout(learned.size());
        double[] losses = new double[learned.size()];
        int done = 0;
        for (HiddenChoices.Case one : split.cases()) {
            if (done++ % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) done / split.cases().size(), "customer " + done + " of " + split.cases().size());
            }
            RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of(one.customer()), Optional.empty(),
                    List.of(), one.history(), settings.candidates(), product -> !one.chosen().contains(product));
            List<List<RankedItem>> lists = new ArrayList<>();
            for (int m = 0; m < learned.size(); m++) {
                lists.add(learned.get(m).recommender().recommend(request).items());
                losses[m] += (1 - gain(lists.get(m), one)) / split.cases().size();
            }
            Pool pool = new Pool(lists, request);
            Customer customer = new Customer(request, data);
            for (String product : pool.products()) {
                examples.add(layout.active(pool.ranks(product), customer, product, shelf), one.hidden().contains(product),
                        one.customer(), product);
            }
        }
        if (split.cases().isEmpty()) {
            Arrays.fill(losses, Double.NaN);
        }
        return losses;
    }

    private static double gain(List<RankedItem> list, HiddenChoices.Case one) {
        boolean[] hits = new boolean[Math.min(K, list.size())];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = one.hidden().contains(list.get(i).product());
        }
        return RankingMetrics.ndcg(hits, one.hidden().size(), K);
    }
}
