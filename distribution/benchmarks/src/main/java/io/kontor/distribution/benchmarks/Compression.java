package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.recommend.itemknn.ItemKnn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What smaller models cost and lose: item-item neighbours as learned, with similarities of eight bits, and with shorter lists. For each its size
 * on disk and in the heap, the median time of an answer beside the first one's in the same run, and nDCG@10 on held-out purchases (a fifth of
 * each customer's, as in {@code recommend}). Arguments: canonical orders.csv files; none for a generated shop.
 */
final class Compression implements Main.Benchmark {

    private static final int TOP = 10;
    private static final int ROUNDS = 5;
    private static final int MOST_ASKED = 3_000;
    private static final Instant TIME = Instant.parse("2025-01-01T00:00:00Z");

    /** Settings of a variant. */
    private record Variant(int neighbours, String precision) implements ItemKnn.Settings {

        @Override
        public double shrinkage() {
            return 10;
        }

        @Override
        public int halfLifeDays() {
            return 0;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return ItemKnn.Settings.class;
        }
    }

    /** A question with what its customer chose later. */
    private record Case(RecommendationRequest request, Set<String> held) {
    }

    /** A model that is asked. */
    private record Contender<M>(TrainedRecommender<M> plugin, M model, int bytes, double heap) {

        List<RankedItem> ask(Case one) {
            return plugin.recommend(model, one.request()).items();
        }
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            compare("generated", generated(new Random(42)));
        }
        for (String file : arguments) {
            Path path = Path.of(file).toAbsolutePath();
            compare(path.getParent().getFileName() + "/" + path.getFileName(), RecommendQuality.read(path));
        }
    }

    /** Tastes, each with its own popular products, and customers that have two of them; how often products are bought falls as in real shops. */
    private static Map<String, Set<String>> generated(Random random) {
        int products = 8_000;
        int tastes = 40;
        Map<String, Set<String>> bought = new TreeMap<>();
        for (int customer = 0; customer < 6_000; customer++) {
            int[] own = {random.nextInt(tastes), random.nextInt(tastes)};
            Set<String> set = new TreeSet<>();
            for (int left = 3 + (int) (25 * -Math.log(1 - random.nextDouble())); left > 0; left--) {
                int rank = (int) Math.min(products / tastes - 1, Math.pow(products / tastes, random.nextDouble()));
                int taste = random.nextInt(5) == 0 ? random.nextInt(tastes) : own[random.nextInt(2)];
                set.add("p" + (taste * (products / tastes) + rank));
            }
            bought.put("c" + customer, set);
        }
        return bought;
    }

    private static void compare(String name, Map<String, Set<String>> bought) throws Exception {
        Map<String, Set<String>> test = new TreeMap<>();
        Map<String, Set<String>> train = new TreeMap<>();
        RecommendQuality.split(bought, train, test);
        SampleStore store = new SampleStore(Locale.ENGLISH);
        train.forEach((customer, products) -> products.forEach(product -> store.purchase(customer, product, TIME)));
        List<Case> cases = new ArrayList<>();
        test.forEach((customer, held) -> cases.add(new Case(request(customer, train.get(customer)), held)));
        Figures.print("%s: %d customers, %d products, %d purchases, %d cases", name, train.size(),
                train.values().stream().flatMap(Set::stream).distinct().count(), train.values().stream().mapToInt(Collection::size).sum(),
                cases.size());
        Figures.print("%-22s %12s %7s %12s %7s %9s %10s", "variant", "disk", "", "heap", "", "p50", "nDCG@10");
        Contender<?> first = null;
        double ndcg = 0;
        for (Variant variant : List.of(new Variant(100, "float"), new Variant(100, "8-bit"), new Variant(50, "float"),
                new Variant(50, "8-bit"), new Variant(25, "8-bit"))) {
            Contender<?> contender = trained(new ItemKnn(variant, store), store);
            first = first == null ? contender : first;
            double ratio = slowdown(first, contender, cases);
            double quality = ndcg(contender, cases);
            ndcg = ndcg == 0 ? quality : ndcg;
            Figures.print("%-22s %9.2f MB %6.2fx %9.2f MB %6.2fx %8.2fx %10.4f (%+.2f %%)",
                    variant.neighbours() + " neighbours, " + variant.precision(), contender.bytes() / 1e6,
                    (double) contender.bytes() / first.bytes(), contender.heap() / 1e6, contender.heap() / first.heap(), ratio, quality,
                    100 * (quality / ndcg - 1));
        }
    }

    private static RecommendationRequest request(String customer, Set<String> known) {
        List<Interaction> history = known.stream().map(product -> new Interaction(product, Interaction.Type.PURCHASE, TIME, 1)).toList();
        Set<String> seen = new HashSet<>(known);
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), history, TOP,
                product -> !seen.contains(product));
    }

    private static <M> Contender<M> trained(TrainedRecommender<M> plugin, SampleStore store) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        plugin.write(plugin.train(store.training(42)), bytes);
        byte[] artifact = bytes.toByteArray();
        plugin.read(new ByteArrayInputStream(artifact));
        double before = heap();
        M model = plugin.read(new ByteArrayInputStream(artifact));
        return new Contender<>(plugin, model, artifact.length, heap() - before);
    }

    private static double heap() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** The median time of an answer, as a multiple of the first one's; both are asked in turn, so that the machine's load counts for both. */
    private static double slowdown(Contender<?> first, Contender<?> contender, List<Case> cases) {
        List<Case> asked = cases.subList(0, Math.min(MOST_ASKED, cases.size()));
        double[] own = new double[asked.size()];
        double[] other = new double[asked.size()];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < own.length; i++) {
                boolean before = (i + round) % 2 == 0;
                own[i] = before ? nanos(contender, asked.get(i)) : own[i];
                other[i] = nanos(first, asked.get(i));
                own[i] = before ? own[i] : nanos(contender, asked.get(i));
            }
        }
        return Figures.quantile(own, 0.5) / Figures.quantile(other, 0.5);
    }

    private static double nanos(Contender<?> contender, Case one) {
        long begin = System.nanoTime();
        contender.ask(one);
        return System.nanoTime() - begin;
    }

    private static double ndcg(Contender<?> contender, List<Case> cases) {
        double sum = 0;
        for (Case one : cases) {
            double gain = 0;
            double best = 0;
            List<RankedItem> items = contender.ask(one);
            for (int rank = 0; rank < TOP; rank++) {
                double discount = Math.log(2) / Math.log(rank + 2);
                gain += rank < items.size() && one.held().contains(items.get(rank).product()) ? discount : 0;
                best += rank < one.held().size() ? discount : 0;
            }
            sum += gain / best;
        }
        return sum / cases.size();
    }
}
