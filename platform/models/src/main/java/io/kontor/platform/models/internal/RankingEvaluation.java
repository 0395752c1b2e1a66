package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.choice.HiddenChoices;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.api.plugin.Family;
import io.kontor.api.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges recommenders as the shop will use them: the latest fifth of what customers did is held out, the model learns from what came
 * before and then ranks all products for customers of the earlier part who turned to new products in the later one. Where so few did that
 * chance would decide which model is best, as in records that are all of one moment, the last fifth of each customer's products is held out,
 * if that gives at least {@value #TIMES_AS_MANY} times as many customers, which halves the error.
 *
 * <p>What counts as turning to a product: a purchase, a cart, a click, a view or a rating; not an impression and not a return. A customer's
 * products of the earlier part are excluded from the list, and products that appear in the later part only are not expected in it, since no
 * method can learn of them. With more than {@value #MAX_CASES} customers a sample is taken, which the seed decides.
 */
final class RankingEvaluation implements FamilyEvaluation {

    /** Models of a family often differ by a twentieth, which of 5,000 customers of a large catalogue is within chance; judging takes seconds. */
    static final int MAX_CASES = 20_000;
    /** Of so many customers of the later part no others are asked. */
    static final int ENOUGH_CASES = 500;
    /** How many times as many customers other than those of the later part must be. */
    static final int TIMES_AS_MANY = 4;
    /** With fewer customers the metrics say nothing. */
    static final int MIN_CASES = 20;
    /** As many of a customer's interactions as serving passes on. */
    static final int HISTORY = 2_000;

    private static final double LATER_SHARE = 0.2;
    private static final Set<String> POSITIVE = Arrays.stream(Interaction.Type.values())
            .filter(type -> type != Interaction.Type.IMPRESSION && type != Interaction.Type.RETURN)
            .map(Interaction.Type::text).collect(Collectors.toUnmodifiableSet());

    @Override
    public String family() {
        return Family.RECOMMEND;
    }

    @Override
    public Optional<Holdout> holdOut(Snapshot all, Store store, long seed, JobContext job) {
        Counts counts = count(all.window(null, null), job);
        if (counts.positive == 0) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + store.id() + " has " + counts.rows + " interactions and "
                    + counts.positive + " of them are purchases, carts, clicks, views or ratings, so there is nothing to learn from;"
                    + " import orders or events first (ratings as events, too: reviews do not count).");
        }
        if (counts.known == 0) {
            return Optional.empty();
        }
        Optional<Instant> cut = new TimeSplit(LATER_SHARE).cut(all.window(null, null), counts.known, batch -> {
            job.checkCancelled();
            String[] types = batch.texts("type");
            String[] customers = batch.texts("customerId");
            return i -> customers[(int) i] != null && POSITIVE.contains(types[(int) i]);
        });
        Optional<RankingHoldout> later = cut.flatMap(begin -> holdout(all, begin, seed, job));
        int came = later.map(RankingHoldout::cases).orElse(0);
        return came >= ENOUGH_CASES ? later.map(Holdout.class::cast)
                : latestOfEach(all, counts.last, Math.max(MIN_CASES, TIMES_AS_MANY * came), seed, job).or(() -> later).map(Holdout.class::cast);
    }

    /** What remains when all records are of one moment, or when hardly anybody came back after any moment. */
    private static Optional<RankingHoldout> latestOfEach(Snapshot all, Instant last, int least, long seed, JobContext job) {
        HiddenChoices split = HiddenChoices.of(all, LATER_SHARE, MAX_CASES, seed, job);
        if (split.cases().size() < least) {
            return Optional.empty();
        }
        job.log("There is too little after any moment to judge by, so the last products of each customer are held out instead");
        List<RankingCase> asked = split.cases().stream().map(RankingEvaluation::asked).toList();
        RankedCatalogue products = new RankedCatalogue();
        forEachPositive(split.rest(), job, (customer, product, time) -> products.add(product, time));
        return Optional.of(new RankingHoldout(split.rest(), last, "all but the last products of each customer", asked, products,
                new RankingSlices(all, last, products).of(asked)));
    }

    private static RankingCase asked(HiddenChoices.Case hidden) {
        RankingCase one = new RankingCase(hidden.customer(), HISTORY);
        for (int i = hidden.history().size() - 1; i >= 0; i--) {
            Interaction deed = hidden.history().get(i);
            one.did(deed, hidden.chosen().contains(deed.product()));
        }
        hidden.hidden().forEach(one::turnedTo);
        return one;
    }

    @Override
    public Optional<Holdout> since(Snapshot all, Store store, Instant begin, long seed, JobContext job) {
        return holdout(all, begin, seed, job).map(Holdout.class::cast);
    }

    private static Optional<RankingHoldout> holdout(Snapshot all, Instant begin, long seed, JobContext job) {
        Snapshot earlier = all.window(null, begin);
        Set<String> candidates = new HashSet<>();
        forEachPositive(all.window(begin, null), job, (customer, product, time) -> candidates.add(customer));
        Set<String> returning = new HashSet<>();
        RankedCatalogue products = new RankedCatalogue();
        forEachPositive(all.window(null, begin), job, (customer, product, time) -> {
            products.add(product, time);
            if (customer != null && candidates.contains(customer)) {
                returning.add(customer);
            }
        });
        returning.remove(null);
        Map<String, RankingCase> cases = new HashMap<>();
        sample(returning, seed).forEach(customer -> cases.put(customer, new RankingCase(customer, HISTORY)));
        all.window(null, begin).interactions(batch -> remember(batch, cases, job));
        forEachPositive(all.window(begin, null), job, (customer, product, time) -> {
            RankingCase one = customer == null ? null : cases.get(customer);
            if (one != null && products.has(product)) {
                one.turnedTo(product);
            }
        });
        List<RankingCase> asked = new TreeMap<>(cases).values().stream().filter(RankingCase::expectsSomething).toList();
        return asked.size() < MIN_CASES ? Optional.empty()
                : Optional.of(new RankingHoldout(earlier, begin, "the data before " + begin, asked, products,
                        new RankingSlices(all, begin, products).of(asked)));
    }

    private static void remember(ColumnBatch batch, Map<String, RankingCase> cases, JobContext job) {
        job.checkCancelled();
        String[] customers = batch.texts("customerId");
        String[] products = batch.texts("productId");
        String[] types = batch.texts("type");
        long[] times = batch.times("time");
        double[] values = batch.numbers("value");
        for (int i = 0; i < batch.size(); i++) {
            RankingCase one = customers[i] == null ? null : cases.get(customers[i]);
            if (one != null && products[i] != null) {
                Interaction.Type type = Interaction.Type.valueOf(types[i].toUpperCase(Locale.ROOT));
                one.did(new Interaction(products[i], type, Instant.ofEpochMilli(times[i]), values[i]), POSITIVE.contains(types[i]));
            }
        }
    }

    /** Those with the smallest hashes: the same customers for the same seed, whatever the order in which they come. */
    private static List<String> sample(Set<String> customers, long seed) {
        record Drawn(String customer, long hash) {
        }
        List<Drawn> drawn = new ArrayList<>(customers.size());
        customers.forEach(customer -> drawn.add(new Drawn(customer, hash(customer, seed))));
        drawn.sort(Comparator.comparingLong(Drawn::hash).thenComparing(Drawn::customer));
        return drawn.stream().limit(MAX_CASES).map(Drawn::customer).toList();
    }

    /** FNV-1a over the characters, begun with the seed and finished by the mixer of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long hash(String text, long seed) {
        long hash = 0xcbf29ce484222325L ^ seed * 0x9e3779b97f4a7c15L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    private static Counts count(Snapshot snapshot, JobContext job) {
        Counts counts = new Counts();
        snapshot.interactions(batch -> {
            job.checkCancelled();
            counts.add(batch);
        });
        return counts;
    }

    private static void forEachPositive(Snapshot snapshot, JobContext job, Deed deed) {
        snapshot.interactions(batch -> {
            job.checkCancelled();
            String[] customers = batch.texts("customerId");
            String[] products = batch.texts("productId");
            String[] types = batch.texts("type");
            long[] times = batch.times("time");
            for (int i = 0; i < batch.size(); i++) {
                if (products[i] != null && POSITIVE.contains(types[i])) {
                    deed.done(customers[i], products[i], times[i]);
                }
            }
        });
    }

    /** A customer, null when unknown, turned to a product. */
    @FunctionalInterface
    private interface Deed {
        void done(String customer, String product, long time);
    }

    /** How many interactions there are, how many of them are positive, and how many of these name their customer. */
    private static final class Counts {
        private long rows;
        private long positive;
        private long known;
        private Instant last = Instant.EPOCH;

        void add(ColumnBatch batch) {
            String[] customers = batch.texts("customerId");
            String[] types = batch.texts("type");
            rows += batch.size();
            last = Instant.ofEpochMilli(batch.times("time")[batch.size() - 1]);
            for (int i = 0; i < batch.size(); i++) {
                if (POSITIVE.contains(types[i])) {
                    positive++;
                    known += customers[i] == null ? 0 : 1;
                }
            }
        }
    }
}
