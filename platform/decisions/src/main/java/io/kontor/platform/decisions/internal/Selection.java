package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Shelf.Item;
import io.kontor.platform.decisions.Placement.Diversity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A list in the making: pins have their positions, the others come in the order in which they are taken, and no product comes twice. Caps hold
 * for what is taken; pins count but are never refused for a cap. For one thread.
 */
final class Selection {

    /** So many products are chosen for being unlike those before; further down the list nobody looks that closely. */
    private static final int SPREAD = 100;

    private final int n;
    private final Diversity diversity;
    private final TreeMap<Integer, Candidate> pins = new TreeMap<>();
    private final List<Candidate> taken = new ArrayList<>();
    private final Set<String> products = new HashSet<>();
    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<String, Integer> brands = new HashMap<>();

    Selection(int n, Diversity diversity) {
        this.n = n;
        this.diversity = diversity;
    }

    boolean full() {
        return missing() <= 0;
    }

    int missing() {
        return n - taken.size() - pins.size();
    }

    boolean contains(String product) {
        return products.contains(product);
    }

    /** Whether the caps leave room for a product. */
    boolean permits(Optional<Item> item) {
        return item.isEmpty() || room(categories, item.get().category(), diversity.maxPerCategory())
                && room(brands, item.get().brand(), diversity.maxPerBrand());
    }

    private static boolean room(Map<String, Integer> counts, String key, Integer most) {
        return most == null || key.isEmpty() || counts.getOrDefault(key, 0) < most;
    }

    /** Sets a product on a position, or on the next free one behind it; beyond the end of the list it is left out. */
    void pin(int position, Candidate candidate) {
        int free = position;
        while (pins.containsKey(free)) {
            free++;
        }
        if (free <= n && !full() && products.add(candidate.product())) {
            pins.put(free, candidate);
            count(candidate);
        }
    }

    /**
     * Takes the best of some candidates until the list is full: always the one for which lambda times its value, less the rest times its
     * likeness to the most alike product in the list, is the highest (maximal marginal relevance, Carbonell and Goldstein, 1998).
     *
     * @param candidates in any order; of equal ones the earlier is taken first
     */
    void take(List<Candidate> candidates) {
        List<Candidate> left = new ArrayList<>(candidates.size());
        candidates.forEach(each -> {
            if (!products.contains(each.product())) {
                left.add(each);
            }
        });
        left.sort((a, b) -> Double.compare(b.value(), a.value()));
        double lambda = diversity.mmrLambda();
        if (lambda < 1) {
            takeUnlike(left, lambda);
        }
        for (Candidate each : left) {
            if (full()) {
                return;
            } else if (permits(each.item()) && !products.contains(each.product())) {
                add(each);
            }
        }
    }

    private void takeUnlike(List<Candidate> left, double lambda) {
        double[] likeness = new double[left.size()];
        boolean[] gone = new boolean[left.size()];
        for (Candidate each : pins.values()) {
            alike(left, likeness, each);
        }
        for (Candidate each : taken) {
            alike(left, likeness, each);
        }
        for (int picks = taken.size(); picks < SPREAD && !full(); picks++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < gone.length; i++) {
                double gain = lambda * left.get(i).value() - (1 - lambda) * likeness[i];
                if (!gone[i] && gain > most && permits(left.get(i).item())) {
                    best = i;
                    most = gain;
                }
            }
            if (best < 0) {
                return;
            }
            gone[best] = true;
            add(left.get(best));
            alike(left, likeness, left.get(best));
        }
    }

    private static void alike(List<Candidate> left, double[] likeness, Candidate chosen) {
        for (int i = 0; i < likeness.length; i++) {
            likeness[i] = Math.max(likeness[i], Likeness.of(left.get(i).item(), chosen.item()));
        }
    }

    private void add(Candidate candidate) {
        if (products.add(candidate.product())) {
            taken.add(candidate);
            count(candidate);
        }
    }

    private void count(Candidate candidate) {
        candidate.item().ifPresent(item -> {
            categories.merge(item.category(), 1, Integer::sum);
            brands.merge(item.brand(), 1, Integer::sum);
        });
    }

    /** The list. Pins behind its end come last. */
    List<Candidate> list() {
        List<Candidate> list = new ArrayList<>(taken.size() + pins.size());
        TreeMap<Integer, Candidate> waiting = new TreeMap<>(pins);
        int next = 0;
        while (next < taken.size() || !waiting.isEmpty()) {
            Map.Entry<Integer, Candidate> pin = waiting.firstEntry();
            if (pin != null && (pin.getKey() <= list.size() + 1 || next == taken.size())) {
                list.add(waiting.pollFirstEntry().getValue());
            } else {
                list.add(taken.get(next++));
            }
        }
        return list;
    }
}
