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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Learns the stage: lets the members learn from all records, then again without the last products of some customers, asks them for candidates
 * for these customers, and teaches the machine which of the candidates the customers turned to. How much that counts is judged by a third of the
 * customers; where hardly any candidate was chosen, the order of the best member stays as it is.
 */
final class Learning {

    private static final double HIDDEN_SHARE = 0.2;
    /** A sample that the seed decides. */
    private static final int MOST_CUSTOMERS = 1_500;
    private static final int MOST_COMPARED = 300;
    private static final int MOST_MEMBERS = 5;
    private static final int LEAST_HITS = 20;
    private static final int ASKED_EVERY = 20;
    private static final int K = 10;
    private static final double FIRST = 0.4;
    private static final double ASKING = 0.75;
    private static final double TEACHING = 0.85;
    private static final double JUDGED = 0.92;
    private static final int JUDGED_ONE_IN = 3;
    private static final double HUNDRED = 100;

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
            if (split.cases().isEmpty()) {
                throw new KontorException(KontorException.Kind.DATA,
                        "Nobody chose two products, so it cannot be seen what is chosen next; more orders or events are needed.");
            }
            List<TrainedMember> rehearsed = cohort.rehearse(split.rest(), FIRST, ASKING, "on all but the last products of "
                    + split.cases().size() + " customers").orElseThrow(() -> new KontorException(KontorException.Kind.DATA,
                            "The plugins that bring candidates cannot learn from a part of the records, so there is nothing to learn from."));
            Shelf shelf = Shelf.of(split.rest(), training.job());
            double[] losses = losses(rehearsed, split);
            int[] best = best(losses);
            Asked asked = ask(Arrays.stream(best).mapToObj(rehearsed::get).toList(), split, shelf);
            training.job().log("Learns from " + asked.all().hits() + " chosen and " + (asked.all().size() - asked.all().hits())
                    + " other candidates of " + split.cases().size() + " customers");
            int inputs = new Layout(best.length).inputs();
            Machine machine = Machine.none(inputs);
            Scale scale = new Scale(asked.leader(), 0);
            if (asked.some().hits() >= LEAST_HITS) {
                scale = asked.balance().best(scale.leader(), teach(asked.some(), inputs, TEACHING, JUDGED));
                machine = scale.machine() == 0 ? machine : teach(asked.all(), inputs, JUDGED, 1);
            }
            training.job().log(String.format(Locale.ROOT, "What was learned counts %.0f %%, the order of %s the rest",
                    HUNDRED * scale.machine(), rehearsed.get(best[scale.leader()]).plugin()));
            return new Stage(Arrays.stream(best).mapToObj(learned::get).toList(), asked.losses(),
                    Shelf.of(training.data().window(null, null), training.job()), machine, scale);
        }
    }

    private Machine teach(Examples examples, int inputs, double from, double until) {
        return new Teaching(training.seed(), settings.factors(), settings.rounds(),
                new PartOfJob(training.job(), from, until, "learning the order")).learn(examples, inputs);
    }

    /** What each member alone misses of a gain of 1, for some of the customers. */
    private double[] losses(List<TrainedMember> learned, HiddenChoices split) {
        List<HiddenChoices.Case> some = split.cases().subList(0, Math.min(MOST_COMPARED, split.cases().size()));
        double[] losses = new double[learned.size()];
        for (HiddenChoices.Case one : some) {
            training.job().checkCancelled();
            RecommendationRequest request = request(one, K);
            for (int m = 0; m < losses.length; m++) {
                losses[m] += (1 - gain(learned.get(m).recommender().recommend(request).items(), one)) / some.size();
            }
        }
        return losses;
    }

    /** The members that miss least, in the order in which they come: each is asked for every answer. */
    private static int[] best(double[] losses) {
        return IntStream.range(0, losses.length).boxed().sorted(Comparator.comparingDouble((Integer m) -> losses[m])).limit(MOST_MEMBERS)
                .mapToInt(Integer::intValue).sorted().toArray();
    }

    private static RecommendationRequest request(HiddenChoices.Case one, int n) {
        return new RecommendationRequest(Optional.empty(), Optional.of(one.customer()), Optional.empty(), List.of(), one.history(), n,
                product -> !one.chosen().contains(product));
    }

    /** The candidates of all customers, of some, and of the others to judge by what was learned from those; what each member alone misses. */
    private record Asked(Examples all, Examples some, Balance balance, double[] losses) {

        int leader() {
            return IntStream.range(0, losses.length).boxed().min(Comparator.comparingDouble(m -> losses[m])).orElseThrow();
        }
    }

    private Asked ask(List<TrainedMember> learned, HiddenChoices split, Shelf shelf) {
        JobContext job = new PartOfJob(training.job(), ASKING, TEACHING, "asking for candidates");
        Asked asked = new Asked(new Examples(training.seed()), new Examples(training.seed()), new Balance(),
                new double[learned.size()]);
        Layout layout = new Layout(learned.size());
        int done = 0;
        for (HiddenChoices.Case one : split.cases()) {
            if (done++ % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) done / split.cases().size(), "customer " + done + " of " + split.cases().size());
            }
            RecommendationRequest request = request(one, settings.candidates());
            List<List<RankedItem>> lists = learned.stream().map(member -> member.recommender().recommend(request).items()).toList();
            for (int m = 0; m < lists.size(); m++) {
                asked.losses[m] += (1 - gain(lists.get(m), one)) / split.cases().size();
            }
            Pool pool = new Pool(lists, request);
            Customer customer = new Customer(request, data);
            boolean judged = done % JUDGED_ONE_IN == 0;
            List<int[]> active = new ArrayList<>();
            for (String product : pool.products()) {
                int[] inputs = layout.active(pool.ranks(product), customer, product, shelf);
                active.add(inputs);
                asked.all.add(inputs, one.hidden().contains(product), done, product);
                if (!judged) {
                    asked.some.add(inputs, one.hidden().contains(product), done, product);
                }
            }
            if (judged) {
                asked.balance.add(pool, active, one.hidden());
            }
        }
        return asked;
    }

    private static double gain(List<RankedItem> list, HiddenChoices.Case one) {
        boolean[] hits = new boolean[Math.min(K, list.size())];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = one.hidden().contains(list.get(i).product());
        }
        return RankingMetrics.ndcg(hits, one.hidden().size(), K);
    }
}
