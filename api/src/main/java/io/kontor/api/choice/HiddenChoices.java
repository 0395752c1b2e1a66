package io.kontor.api.choice;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A snapshot of which the last products that some customers turned to are hidden, to compare recommenders that learn from the rest by what
 * they then recommend. A customer's products are taken in the order in which they were first chosen; products of one moment are told apart by
 * a hash, so that records without times worth the name can be split as well. Where most customers chose two products, every second one of these
 * keeps both. For one thread, as the snapshot is.
 */
public final class HiddenChoices {

    /** As many of a customer's deeds as serving passes on. */
    private static final int HISTORY = 2_000;

    private final Snapshot rest;
    private final List<Case> cases;

    /**
     * A customer of whom a part is hidden. Immutable.
     *
     * @param customer as the snapshot calls it
     * @param history what is not hidden, newest first; at least one choice
     * @param chosen the products that were chosen in it
     * @param hidden the products to find: each was chosen by somebody in the rest, and not in this history; not empty
     */
    public record Case(String customer, List<Interaction> history, Set<String> chosen, Set<String> hidden) {

        /** Copies the collections. */
        public Case {
            history = List.copyOf(history);
            chosen = Set.copyOf(chosen);
            hidden = Set.copyOf(hidden);
        }
    }

    private HiddenChoices(Snapshot rest, List<Case> cases) {
        this.rest = rest;
        this.cases = List.copyOf(cases);
    }

    /**
     * Hides.
     *
     * @param all the records; must stay open as long as the result is used
     * @param share of the products of a customer who chose two or more, above 0 and below 1; rounded, at least one and not all
     * @param most of how many customers at most; a sample that the seed decides
     * @param seed which customers, and which of products chosen at one moment
     * @param job cancel
     * @return the rest and the cases
     */
    public static HiddenChoices of(Snapshot all, double share, int most, long seed, JobContext job) {
        Map<String, Deeds> asked = new LinkedHashMap<>();
        sample(all, most, seed, job).forEach((customer, number) -> asked.put(customer, new Deeds(number)));
        each(all.window(null, null), job, (customer, deed) -> {
            Deeds deeds = asked.get(customer);
            if (deeds != null) {
                deeds.add(deed);
            }
        });
        if (asked.size() < most) {
            spare(asked, share);
        }
        Map<String, Set<String>> hidden = new HashMap<>();
        asked.forEach((customer, deeds) -> hidden.put(customer, deeds.last(share, seed)));
        Snapshot rest = new PartialSnapshot(all, hidden);
        Set<String> known = new HashSet<>();
        each(rest.window(null, null), job, (customer, deed) -> {
            if (Counting.raw(deed.type().text()) > 0) {
                known.add(deed.product());
            }
        });
        List<Case> cases = new ArrayList<>();
        asked.forEach((customer, deeds) -> {
            Set<String> wanted = new HashSet<>(hidden.get(customer));
            wanted.retainAll(known);
            if (!wanted.isEmpty()) {
                cases.add(deeds.without(customer, hidden.get(customer), wanted));
            }
        });
        return new HiddenChoices(rest, cases);
    }

    // Where most would keep a single product, there would be hardly a pair to learn from: every second one of them keeps all.
    private static void spare(Map<String, Deeds> asked, double share) {
        List<String> single = asked.keySet().stream().filter(customer -> asked.get(customer).kept(share) < 2).toList();
        if (2 * single.size() > asked.size()) {
            IntStream.range(0, single.size()).filter(i -> i % 2 == 0).forEach(i -> asked.remove(single.get(i)));
        }
    }

    /**
     * The records without what is hidden.
     *
     * @return a view on the snapshot
     */
    public Snapshot rest() {
        return rest.window(null, null);
    }

    /**
     * The customers.
     *
     * @return in the order in which the records first name them
     */
    public List<Case> cases() {
        return cases;
    }

    // Those with the smallest hashes of the customers who chose two products or more, by their numbers: what a customer is called, which
    // differs from one installation to the other, makes no difference.
    private static Map<String, Integer> sample(Snapshot all, int most, long seed, JobContext job) {
        String several = "";
        Map<String, String> only = new LinkedHashMap<>();
        each(all.window(null, null), job, (customer, deed) -> {
            if (customer != null && Counting.raw(deed.type().text()) > 0) {
                only.merge(customer, deed.product(), (one, other) -> one.equals(other) ? one : several);
            }
        });
        only.values().removeIf(product -> !product.equals(several));
        List<String> customers = new ArrayList<>(only.keySet());
        int[] drawn = IntStream.range(0, customers.size()).boxed()
                .sorted(Comparator.comparingLong((Integer number) -> ChoiceHoldout.mixed(seed, number, -1)).thenComparing(number -> number))
                .limit(most).mapToInt(Integer::intValue).sorted().toArray();
        Map<String, Integer> sample = new LinkedHashMap<>();
        for (int number : drawn) {
            sample.put(customers.get(number), number);
        }
        return sample;
    }

    @FunctionalInterface
    private interface Deed {
        void done(String customer, Interaction deed);
    }

    private static void each(Snapshot data, JobContext job, Deed each) {
        Map<String, Interaction.Type> types = new HashMap<>();
        for (Interaction.Type type : Interaction.Type.values()) {
            types.put(type.text(), type);
        }
        data.interactions(batch -> {
            job.checkCancelled();
            deliver(batch, types, each);
        });
    }

    private static void deliver(ColumnBatch batch, Map<String, Interaction.Type> types, Deed each) {
        String[] customers = batch.texts("customerId");
        String[] products = batch.texts("productId");
        String[] kinds = batch.texts("type");
        double[] values = batch.numbers("value");
        long[] times = batch.times("time");
        for (int i = 0; i < batch.size(); i++) {
            if (products[i] != null) {
                each.done(customers[i], new Interaction(products[i], types.get(kinds[i]), Instant.ofEpochMilli(times[i]), values[i]));
            }
        }
    }

    // What one customer did, in the order of time.
    private static final class Deeds {

        private final List<Interaction> all = new ArrayList<>();
        private final Map<String, Instant> first = new LinkedHashMap<>();
        private final int number;

        Deeds(int number) {
            this.number = number;
        }

        void add(Interaction deed) {
            all.add(deed);
            if (Counting.raw(deed.type().text()) > 0) {
                first.putIfAbsent(deed.product(), deed.time());
            }
        }

        Set<String> last(double share, long seed) {
            List<String> products = new ArrayList<>(first.keySet());
            products.sort(Comparator.comparing((String product) -> first.get(product)).thenComparingLong(
                    product -> ChoiceHoldout.mixed(seed, number, product.hashCode())).thenComparing(Comparator.naturalOrder()));
            return new HashSet<>(products.subList(kept(share), products.size()));
        }

        int kept(double share) {
            return first.size() - ChoiceHoldout.hidden(first.size(), share);
        }

        Case without(String customer, Set<String> hidden, Set<String> wanted) {
            Deque<Interaction> history = new ArrayDeque<>();
            Set<String> chosen = new HashSet<>();
            for (Interaction deed : all) {
                if (!hidden.contains(deed.product())) {
                    history.addFirst(deed);
                    if (history.size() > HISTORY) {
                        history.removeLast();
                    }
                    if (first.containsKey(deed.product())) {
                        chosen.add(deed.product());
                    }
                }
            }
            return new Case(customer, List.copyOf(history), chosen, wanted);
        }
    }
}
