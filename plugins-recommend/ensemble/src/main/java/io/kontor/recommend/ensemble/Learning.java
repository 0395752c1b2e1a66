package io.kontor.recommend.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.choice.HiddenChoices;
import io.kontor.api.ensemble.Cohort;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.SegmentChoice;
import io.kontor.api.ensemble.SimplexWeights;
import io.kontor.api.ensemble.TrainedMember;
import io.kontor.api.job.JobContext;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Learns an ensemble: lets the members learn from all records, then again without the last products of some customers, asks them for these
 * customers, and finds out from their lists whom to listen to, by the normalised discounted cumulative gain of the merged list.
 */
final class Learning {

    /** Little of many customers: where much is hidden, members that need much to learn from are worse than they will be. */
    private static final double HIDDEN_SHARE = 0.05;
    /** Of so many customers a part is hidden, however few records there are; a sample that the seed decides. */
    private static final int FEW_CUSTOMERS = 1_500;
    /** Enough for weights. */
    private static final int MOST_CUSTOMERS = 4_000;
    private static final int LEAST_CASES = 20;
    private static final int MOST_WEIGHED = 6;
    private static final int LIST = 100;
    /** A share of the gain. */
    private static final double WORTH_ASKING = 0.002;
    private static final int STEPS = 4;
    /** In standard errors. */
    private static final double CLEARLY = 2;
    private static final int ASKED_EVERY = 20;
    /** With so many customers a segment counts as much as all. */
    private static final double PRIOR = 50;
    private static final double FIRST = 0.45;
    private static final double ASKING = 0.9;

    private final Training training;
    private final Members members;
    private final Method method;

    Learning(Training training, Members members, Method method) {
        this.training = training;
        this.members = members;
        this.method = method;
    }

    Blend learn() {
        try (Cohort cohort = Cohort.open(members, Family.RECOMMEND, training)) {
            if (cohort.plugins().size() == 1) {
                throw new KontorException(KontorException.Kind.CONFIGURATION, "The ensemble would have one member only, "
                        + cohort.plugins().get(0) + "; enable other plugins of the family for the store, then train again.");
            }
            List<TrainedMember> learned = cohort.train(training.data(), 0, FIRST, "on all data");
            if (learned.size() == 1) {
                training.job().log("Only " + learned.get(0).plugin() + " could learn, so the ensemble answers as it does.");
            }
            Rehearsal rehearsal = rehearse(cohort);
            training.job().log("Compared " + learned.size() + " members on the lists for " + rehearsal.size()
                    + " customers whose later choices they did not know");
            return blend(learned, rehearsal);
        }
    }

    private Rehearsal rehearse(Cohort cohort) {
        long[] records = {0};
        training.data().window(null, null).interactions(batch ->
                records[0] += Arrays.stream(batch.texts("customerId")).filter(Objects::nonNull).count());
        int asked = Math.max(FEW_CUSTOMERS, (int) Math.min(MOST_CUSTOMERS, HIDDEN_SHARE * records[0]));
        HiddenChoices split = HiddenChoices.of(training.data().window(null, null), HIDDEN_SHARE, asked, training.seed(), training.job());
        Rehearsal rehearsal = new Rehearsal();
        if (split.cases().size() >= LEAST_CASES) {
            cohort.rehearse(split.rest(), FIRST, ASKING, "on all but the last products of " + split.cases().size() + " customers")
                    .ifPresent(learned -> ask(learned, split, new PartOfJob(training.job(), ASKING, 1, "comparing the members"), rehearsal));
        }
        return rehearsal;
    }

    private static void ask(List<TrainedMember> learned, HiddenChoices split, JobContext job, Rehearsal rehearsal) {
        List<Recommender> recommenders = learned.stream().map(TrainedMember::recommender).toList();
        int done = 0;
        for (HiddenChoices.Case one : split.cases()) {
            if (done++ % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) done / split.cases().size(), "customer " + done + " of " + split.cases().size());
            }
            RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of(one.customer()), Optional.empty(), List.of(),
                    one.history(), LIST, product -> !one.chosen().contains(product));
            List<List<RankedItem>> lists = recommenders.stream().map(recommender -> recommender.recommend(request).items()).toList();
            rehearsal.add(Segment.of(request), lists, one.hidden());
        }
    }

    private Blend blend(List<TrainedMember> learned, Rehearsal rehearsal) {
        int count = learned.size();
        double[] equal = new double[count];
        Arrays.fill(equal, 1.0 / count);
        double[] losses = new double[count];
        if (rehearsal.size() < LEAST_CASES) {
            training.job().log("These are too few to find out whom to listen to; all members count alike.");
            Arrays.fill(losses, Double.NaN);
            return new Blend(learned, equal, losses, Map.of());
        }
        Arrays.setAll(losses, m -> rehearsal.loss(alone(m, count)));
        if (method == Method.SEGMENTS) {
            return segments(learned, rehearsal, losses);
        }
        return new Blend(learned, method == Method.AVERAGE ? equal : stacked(losses, rehearsal), losses, Map.of());
    }

    /**
     * Weights of the members that are best alone; to weigh each against each of many would take the square of their number. What a member must
     * add to be asked is a share of the gain and not of what is missed, which in a large catalogue is nearly all whatever a member does. They
     * are found by longer lists than are shown. What was found fits the customers that it was found by, and members that know less than they
     * will, which complement each other more. So of the weights between these and the best member alone those are taken that are nearest to
     * the member and not clearly worse, as simpler models are (Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984,
     * section 3.4.3).
     */
    static double[] stacked(double[] losses, Rehearsal rehearsal) {
        int[] best = IntStream.range(0, losses.length).boxed().sorted(Comparator.comparingDouble((Integer m) -> losses[m]))
                .limit(MOST_WEIGHED).mapToInt(Integer::intValue).toArray();
        double[] together = spread(SimplexWeights.least(best.length, WORTH_ASKING,
                some -> -rehearsal.deepGain(spread(some, best, losses.length))), best, losses.length);
        double[] alone = Arrays.stream(best).mapToObj(m -> alone(m, losses.length))
                .max(Comparator.comparingDouble(rehearsal::deepGain)).orElseThrow();
        return IntStream.range(0, STEPS).mapToObj(step -> between(alone, together, (double) step / STEPS))
                .filter(weights -> rehearsal.lead(together, weights) <= CLEARLY).findFirst().orElse(together);
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] between = new double[from.length];
        Arrays.setAll(between, m -> (1 - share) * from[m] + share * to[m]);
        return between;
    }

    private static double[] spread(double[] some, int[] members, int count) {
        double[] all = new double[count];
        for (int i = 0; i < members.length; i++) {
            all[members[i]] = some[i];
        }
        return all;
    }

    private static double[] alone(int member, int count) {
        double[] alone = new double[count];
        alone[member] = 1;
        return alone;
    }

    private static Blend segments(List<TrainedMember> learned, Rehearsal rehearsal, double[] losses) {
        int count = learned.size();
        SegmentChoice choice = new SegmentChoice(Segment.values().length, count, PRIOR);
        for (int i = 0; i < rehearsal.size(); i++) {
            double[] lost = new double[count];
            for (int m = 0; m < count; m++) {
                lost[m] = rehearsal.loss(i, alone(m, count));
            }
            choice.add(rehearsal.segment(i).ordinal(), lost);
        }
        Map<Segment, Integer> best = new TreeMap<>();
        for (Segment segment : Segment.values()) {
            best.put(segment, choice.best(segment.ordinal()));
        }
        return new Blend(learned, alone(choice.best(), count), losses, best);
    }
}
