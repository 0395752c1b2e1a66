package io.kontor.recommend.ranker;

import io.kontor.api.metric.RankingMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much the machine counts beside the order of the member that was best alone: as much as ranks candidates best of customers from whom the
 * machine has not learned, nothing when it makes that order worse. For one thread.
 */
final class Balance {

    private static final int STEPS = 10;
    private static final int K = 10;

    private final List<Case> cases = new ArrayList<>();

    /** All candidates of a customer, in the order of their ids, and how many products are hidden. */
    private record Case(List<int[]> active, List<int[]> places, double[] standings, boolean[] hits, int hidden) {
    }

    /** Adds a customer. */
    void add(Pool pool, List<int[]> active, Set<String> hidden) {
        List<String> products = pool.products();
        List<int[]> places = products.stream().map(pool::ranks).toList();
        double[] standings = new double[products.size()];
        boolean[] hits = new boolean[standings.length];
        for (int i = 0; i < hits.length; i++) {
            standings[i] = pool.standing(products.get(i));
            hits[i] = hidden.contains(products.get(i));
        }
        cases.add(new Case(active, places, standings, hits, hidden.size()));
    }

    /** The best scale beside the order of a member, of equal ones that with the least of the machine. */
    Scale best(int leader, Machine machine) {
        List<double[]> scores = cases.stream().map(one -> one.active.stream().mapToDouble(machine::score).toArray()).toList();
        Scale best = null;
        double most = -1;
        for (int step = 0; step <= STEPS; step++) {
            Scale scale = new Scale(leader, (double) step / STEPS);
            double reached = IntStream.range(0, cases.size()).mapToDouble(i -> gain(scores.get(i), scale, cases.get(i))).sum();
            if (reached > most) {
                most = reached;
                best = scale;
            }
        }
        return best;
    }

    private static double gain(double[] machine, Scale scale, Case one) {
        double[] scores = new double[machine.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scale.machine() * machine[i] + scale.ofPlace(one.places.get(i)[scale.leader()]);
        }
        int[] order = IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                .thenComparingDouble(i -> -one.standings[i])).limit(K).mapToInt(Integer::intValue).toArray();
        boolean[] hits = new boolean[order.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = one.hits[order[i]];
        }
        return RankingMetrics.ndcg(hits, one.hidden, K);
    }
}
