package io.kontor.recommend.ensemble;

import io.kontor.api.KontorException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns an ensemble: lets the members learn from all records, then again from earlier parts of them (rolling origin), asks them for customers
 * who chose something new in the part after, and finds out from their lists whom to listen to, by the normalised discounted cumulative gain
 * of the merged list.
 */
final class Learning {

    /** Members learn from at least this share of the choices before they are compared. */
    private static final double LEAST_SHARE = 0.6;
    /** Enough for weights; a sample that the seed decides. */
    private static final int MOST_CUSTOMERS_OF_A_FOLD = 400;
    private static final int LEAST_CASES = 20;
    private static final int LIST = 100;
    private static final int ASKED_EVERY = 20;
    /** With so many customers a segment counts as much as all. */
    private static final double PRIOR = 50;
    private static final double FIRST = 0.4;

    private final Training training;
    private final Members members;
    private final String store;
    private final Method method;
    private final int folds;

    Learning(Training training, Members members, String store, Method method, int folds) {
        this.training = training;
        this.members = members;
        this.store = store;
        this.method = method;
        this.folds = folds;
    }

    Blend learn() {
        try (Cohort cohort = Cohort.open(members, Family.RECOMMEND, training)) {
            List<TrainedMember> learned = cohort.train(training.data(), 0, FIRST, "on all data");
            Rehearsal rehearsal = rehearse(cohort);
            training.job().log("Compared " + learned.size() + " members on the lists for " + rehearsal.size()
                    + " customers whose later choices they did not know");
            return blend(learned, rehearsal);
        }
    }

    private Rehearsal rehearse(Cohort cohort) {
        long[] times = times();
        if (times.length == 0) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store + " has no choices of known customers to learn from; "
                    + "import orders or events first.");
        }
        Rehearsal rehearsal = new Rehearsal();
        for (int fold = 0; fold < folds && times.length > folds; fold++) {
            Instant cut = Instant.ofEpochMilli(times[at(times.length, fold)]);
            Instant end = fold + 1 < folds ? Instant.ofEpochMilli(times[at(times.length, fold + 1)]) : null;
            double from = FIRST + (1 - FIRST) * fold / folds;
            double until = FIRST + (1 - FIRST) * (fold + 1) / folds;
            double middle = from + 0.7 * (until - from);
            cohort.rehearse(training.data().window(null, cut), from, middle, "on the data before " + cut).ifPresent(learned ->
                    ask(learned, cut, end, new PartOfJob(training.job(), middle, until, "comparing the members"), rehearsal));
        }
        return rehearsal;
    }

    private int at(int choices, int fold) {
        return (int) (choices * (LEAST_SHARE + (1 - LEAST_SHARE) * fold / folds));
    }

    private long[] times() {
        long[][] times = {new long[1_024]};
        int[] size = {0};
        Positive.each(training.data().window(null, null), training.job(), (customer, interaction) -> {
            times[0] = size[0] == times[0].length ? Arrays.copyOf(times[0], size[0] * 2) : times[0];
            times[0][size[0]++] = interaction.time().toEpochMilli();
        });
        return Arrays.copyOf(times[0], size[0]);
    }

    private void ask(List<TrainedMember> learned, Instant cut, Instant end, JobContext job, Rehearsal rehearsal) {
        List<Recommender> recommenders = learned.stream().map(TrainedMember::recommender).toList();
        Set<String> known = new HashSet<>();
        Map<String, Customer> customers = new TreeMap<>();
        for (String customer : sample(cut, end, job)) {
            customers.put(customer, new Customer(customer));
        }
        Positive.each(training.data().window(null, cut), job, (customer, interaction) -> {
            known.add(interaction.product());
            if (customers.containsKey(customer)) {
                customers.get(customer).did(interaction);
            }
        });
        Positive.each(training.data().window(cut, end), job, (customer, interaction) -> {
            if (customers.containsKey(customer) && known.contains(interaction.product())) {
                customers.get(customer).turnedTo(interaction.product());
            }
        });
        int done = 0;
        for (Customer customer : customers.values()) {
            if (done++ % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) done / customers.size(), "customer " + done + " of " + customers.size());
            }
            if (!customer.relevant().isEmpty()) {
                RecommendationRequest request = customer.request(LIST);
                List<List<RankedItem>> lists = recommenders.stream().map(one -> one.recommend(request).items()).toList();
                rehearsal.add(Segment.of(request), lists, customer.relevant());
            }
        }
    }

    /** Customers who did something between two moments, spread by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private List<String> sample(Instant cut, Instant end, JobContext job) {
        Set<String> all = new HashSet<>();
        Positive.each(training.data().window(cut, end), job, (customer, interaction) -> all.add(customer));
        List<String> sample = new ArrayList<>(all);
        sample.sort(Comparator.comparingLong(this::mixed).thenComparing(Comparator.naturalOrder()));
        return sample.subList(0, Math.min(sample.size(), MOST_CUSTOMERS_OF_A_FOLD));
    }

    private long mixed(String customer) {
        long hash = training.seed() * 0x9e3779b97f4a7c15L + customer.hashCode();
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    private Blend blend(List<TrainedMember> learned, Rehearsal rehearsal) {
        int count = learned.size();
        double[] equal = new double[count];
        Arrays.fill(equal, 1.0 / count);
        double[] losses = new double[count];
        if (rehearsal.size() < LEAST_CASES) {
            training.job().log("These are too few to find out whom to listen to; all members count alike.");
            Arrays.fill(losses, Double.NaN);
            return new Blend(learned, Form.RANK, equal, losses, Map.of());
        }
        Arrays.setAll(losses, m -> rehearsal.loss(Form.RANK, alone(m, count)));
        if (method == Method.SEGMENTS) {
            return segments(learned, rehearsal, losses);
        }
        double[][] weights = new double[Form.values().length][];
        for (Form form : Form.values()) {
            training.job().checkCancelled();
            weights[form.ordinal()] = method == Method.AVERAGE ? equal : SimplexWeights.least(count, one -> rehearsal.loss(form, one));
        }
        Form best = rehearsal.loss(Form.SCORE, weights[Form.SCORE.ordinal()]) < rehearsal.loss(Form.RANK, weights[Form.RANK.ordinal()])
                ? Form.SCORE : Form.RANK;
        return new Blend(learned, best, weights[best.ordinal()], losses, Map.of());
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
                lost[m] = rehearsal.loss(i, Form.RANK, alone(m, count));
            }
            choice.add(rehearsal.segment(i).ordinal(), lost);
        }
        Map<Segment, Integer> best = new TreeMap<>();
        for (Segment segment : Segment.values()) {
            best.put(segment, choice.best(segment.ordinal()));
        }
        return new Blend(learned, Form.RANK, alone(choice.best(), count), losses, best);
    }
}
