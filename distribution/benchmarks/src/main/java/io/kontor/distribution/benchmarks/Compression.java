package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.recommend.itemknn.ItemKnn;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
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
 * What smaller models cost and lose: item-item neighbours as learned, with similarities of eight bits, and with shorter lists, and random
 * forests with full and with pruned trees. For each its size on disk and in the heap, the median time of an answer beside the first one's in
 * the same run, and its quality: nDCG@10 on held-out purchases (a fifth of each customer's, as in {@code recommend}), or AUC and average
 * precision on the last 30 % of transactions. Arguments: canonical orders.csv and transactions.csv files; none for generated ones.
 */
final class Compression implements Main.Benchmark {

    private static final int TOP = 10;
    private static final Instant TIME = Instant.parse("2025-01-01T00:00:00Z");

    /** Settings of a variant. */
    private record Variant(int neighbours, String precision) implements ItemKnn.Settings {

        @Override
        public String similarity() {
            return "asymmetric-cosine";
        }

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

    @Override
    public void run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            compare("generated", generated(new Random(42)));
            ForestSizes.generated();
        }
        for (String file : arguments) {
            Path path = Path.of(file).toAbsolutePath();
            String name = path.getParent().getFileName() + "/" + path.getFileName();
            List<String> lines = Files.readAllLines(path);
            if (List.of(lines.get(0).split(",")).contains("label")) {
                ForestSizes.file(name, lines);
            } else {
                compare(name, ChoicePairs.read(path));
            }
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
        ChoicePairs.split(bought, train, test);
        SampleStore store = new SampleStore(Locale.ENGLISH);
        train.forEach((customer, products) -> products.forEach(product -> store.purchase(customer, product, TIME)));
        List<Case> cases = new ArrayList<>();
        test.forEach((customer, held) -> cases.add(new Case(request(customer, train.get(customer)), held)));
        Figures.print("%s: %d customers, %d products, %d purchases, %d cases", name, train.size(),
                train.values().stream().flatMap(Set::stream).distinct().count(), train.values().stream().mapToInt(Collection::size).sum(),
                cases.size());
        SizeTable table = new SizeTable("nDCG@10", cases.size());
        double first = 0;
        for (Variant variant : List.of(new Variant(100, "float"), new Variant(100, "8-bit"), new Variant(50, "float"),
                new Variant(50, "8-bit"), new Variant(25, "8-bit"))) {
            double ndcg = add(table, variant, new ItemKnn(variant, store), store, cases, first);
            first = first == 0 ? ndcg : first;
        }
    }

    private static <M> double add(SizeTable table, Variant variant, TrainedRecommender<M> plugin, SampleStore store, List<Case> cases,
            double first) throws Exception {
        SizeTable.Weighed<M> weighed = SizeTable.Weighed.of(plugin, store.training(42));
        double ndcg = ndcg(plugin, weighed.model(), cases);
        table.add(variant.neighbours() + " neighbours, " + variant.precision(), weighed,
                i -> plugin.recommend(weighed.model(), cases.get(i).request()),
                String.format(Locale.ROOT, "%.4f (%+.2f %%)", ndcg, first == 0 ? 0 : 100 * (ndcg / first - 1)));
        return ndcg;
    }

    private static RecommendationRequest request(String customer, Set<String> known) {
        List<Interaction> history = known.stream().map(product -> new Interaction(product, Interaction.Type.PURCHASE, TIME, 1)).toList();
        Set<String> seen = new HashSet<>(known);
        return new RecommendationRequest(Optional.empty(), Optional.of(customer), Optional.empty(), List.of(), history, TOP,
                product -> !seen.contains(product));
    }

    private static <M> double ndcg(TrainedRecommender<M> plugin, M model, List<Case> cases) {
        double sum = 0;
        for (Case one : cases) {
            double gain = 0;
            double best = 0;
            List<RankedItem> items = plugin.recommend(model, one.request()).items();
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
