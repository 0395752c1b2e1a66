package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Place;
import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.Recommender;
import io.kontor.platform.data.Shelf.Item;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement.Diversity;
import io.kontor.platform.decisions.Placement.Filters;
import io.kontor.platform.decisions.Placement.Ratio;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement.Segment;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Recommended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Many random requests to random placements over random catalogues, with plugins of all manners: what is answered is compared with the filters
 * written once more in the plainest way.
 */
class PlacementLeaksTest {

    private static final int REQUESTS = Integer.getInteger("kontor.leaks.requests", 100_000);
    private static final int A_WORLD = 1_000;
    private static final List<String> CATEGORIES = List.of("", "a", "a/b", "a/b/c", "ab", "a/d", "e", "e/f");
    private static final List<String> BRANDS = List.of("", "x", "y", "z");
    private static final List<String> PLUGINS = List.of("good", "short", "deaf", "sick", "twice", "null", "slow", "baseline", "gone");

    private final Random random = new Random(20_261_126);

    /** What went wrong, and how often lists were as they should be. */
    private static final class Tally {

        private int leaks;
        private int empty;
        private int twice;
        private int tooLong;
        private int overCap;
        private int lists;
        private int products;
        private int rightlyEmpty;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private List<String> some(List<String> of, double chance) {
        return of.stream().filter(each -> !each.isEmpty() && random.nextDouble() < chance).toList();
    }

    private boolean chance(double of) {
        return random.nextDouble() < of;
    }

    private Double maybe(double of, double most) {
        return chance(of) ? Double.valueOf(random.nextInt((int) most)) : null;
    }

    private void fill(PlacedBench bench) {
        int products = 1 + random.nextInt(chance(0.1) ? 3 : 60);
        for (int i = 0; i < products; i++) {
            Map<String, String> attributes = chance(0.5) ? Map.of("colour", one(List.of("red", "blue"))) : Map.of();
            String id = "p" + i;
            bench.products.put(id, new Item(id, one(CATEGORIES), one(BRANDS), chance(0.1) ? Double.NaN : random.nextInt(100), !chance(0.1), i,
                    attributes));
            if (chance(0.15)) {
                bench.soldOut.add(id);
            }
            if (chance(0.05)) {
                bench.inactive.add(id);
            }
        }
        bench.popular.addAll(some(List.copyOf(bench.products.keySet()), 0.5));
        bench.popular.add("unknown");
    }

    private List<String> shuffled(PlacedBench bench) {
        List<String> all = new ArrayList<>(bench.products.keySet());
        all.add("unknown");
        Collections.shuffle(all, random);
        return List.copyOf(all);
    }

    private static RankedItem item(String product, double score) {
        return new RankedItem(product, score, List.of(new Reason("code", "text", 1)));
    }

    private void enable(PlacedBench bench) {
        bench.enable("good", false, PlacedBench.giving(shuffled(bench)));
        List<String> few = shuffled(bench);
        bench.enable("short", false, PlacedBench.giving(few.subList(0, Math.min(3, few.size()))));
        List<String> any = shuffled(bench);
        bench.enable("deaf", false, request -> new Ranking(any.stream().limit(request.n()).map(each -> item(each, 1)).toList()));
        bench.enable("sick", false, request -> {
            throw new IllegalStateException("on purpose");
        });
        bench.enable("twice", false, request -> new Ranking(List.of(item(any.get(0), 2), item(any.get(0), 1))));
        bench.enable("null", false, request -> null);
        if (chance(0.1)) {
            bench.enable("slow", false, hanging());
        }
        bench.enable("baseline", true, PlacedBench.giving(shuffled(bench)));
    }

    private static Recommender hanging() {
        return request -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Ranking(List.of(item("p0", 1)));
        };
    }

    private Placement placement(PlacedBench bench) {
        List<String> ids = List.copyOf(bench.products.keySet());
        Double least = maybe(0.2, 40);
        Filters filters = new Filters(chance(0.5), least, chance(0.3) ? (least == null ? 0 : least) + random.nextInt(60) : null,
                chance(0.2) ? some(CATEGORIES, 0.5) : null, chance(0.2) ? some(CATEGORIES, 0.2) : null, chance(0.2) ? some(BRANDS, 0.5) : null,
                chance(0.3) ? some(BRANDS, 0.3) : null, chance(0.3) ? some(ids, 0.2) : null,
                chance(0.2) ? Map.of("colour", List.of(one(List.of("red", "blue", "green")))) : null, chance(0.5) ? chance(0.7) : null,
                chance(0.5) ? chance(0.7) : null, chance(0.2) ? new Ratio(chance(0.5) ? 0.5 : null, chance(0.5) ? 1.5 : null) : null,
                chance(0.1));
        List<Rule> rules = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i, ids));
        }
        Diversity diversity = new Diversity(chance(0.5) ? 1.0 : random.nextDouble(), chance(0.3) ? 1 + random.nextInt(3) : null,
                chance(0.3) ? 1 + random.nextInt(3) : null);
        List<String> chain = new ArrayList<>(some(List.of("popular", "newest", "good", "sick", "deaf", "short"), 0.3));
        return new Placement("home", "Home", one(Placement.KINDS), true, chance(0.3) ? null : some(PLUGINS, 0.3),
                chance(0.2) ? one(PLUGINS) : null, filters, rules, diversity, chain, random.nextDouble());
    }

    private Rule rule(String id, List<String> ids) {
        String kind = one(Placement.RULE_KINDS);
        boolean pin = kind.equals("pin");
        List<String> products = chance(0.7) ? some(ids, 0.1) : List.of();
        List<String> categories = products.isEmpty() ? List.of(one(CATEGORIES.subList(1, CATEGORIES.size()))) : List.of();
        return new Rule(id, null, chance(0.9), kind, products, categories, chance(0.1) ? List.of("x") : null, null,
                pin ? 1 + random.nextInt(8) : null, pin ? null : kind.equals("boost") ? 1.5 + random.nextInt(9) : random.nextDouble(),
                chance(0.1) ? "2026-11-28" : null, chance(0.1) ? "2026-11-30" : null,
                chance(0.2) ? new Segment(List.of("CN"), null, null) : null);
    }

    /** The filters in the plainest way, apart from the code under test. */
    private static boolean allowed(PlacedBench bench, Placement placement, String id) {
        Filters filters = placement.filters();
        Item item = bench.products.get(id);
        if (bench.looked.equals(Optional.of(id)) || bench.inactive.contains(id) || item != null && !item.active() || bench.blocked.contains(id)
                || placement.notInCart() && bench.visited.contains(id) || placement.notBought() && bench.bought.contains(id)
                || filters.excludeProducts().contains(id) || filters.inStock() && bench.soldOut.contains(id)) {
            return false;
        }
        double price = item == null ? Double.NaN : item.price();
        String category = item == null ? null : item.category();
        String brand = item == null ? null : item.brand();
        Item looked = bench.looked.map(bench.products::get).orElse(null);
        boolean compared = looked != null && !Double.isNaN(looked.price()) && filters.priceRelativeToProduct() != null;
        Ratio ratio = filters.priceRelativeToProduct();
        return (filters.minPrice() == null || price >= filters.minPrice()) && (filters.maxPrice() == null || price <= filters.maxPrice())
                && (filters.categories().isEmpty() || category != null && below(category, filters.categories()))
                && (filters.excludeCategories().isEmpty() || category != null && !below(category, filters.excludeCategories()))
                && (filters.brands().isEmpty() || filters.brands().contains(brand))
                && (filters.excludeBrands().isEmpty() || brand != null && !filters.excludeBrands().contains(brand))
                && filters.attributes().entrySet().stream().allMatch(wanted -> item != null
                        && wanted.getValue().contains(item.attributes().getOrDefault(wanted.getKey(), "")))
                && (!compared || ratio.min() == null || price >= ratio.min() * looked.price())
                && (!compared || ratio.max() == null || price <= ratio.max() * looked.price())
                && (!filters.sameCategory() || looked == null || looked.category().isEmpty() || looked.category().equals(category));
    }

    private static boolean below(String category, List<String> paths) {
        return paths.stream().anyMatch(path -> (category + "/").startsWith(path + "/"));
    }

    private void request(PlacedBench bench) {
        List<String> ids = List.copyOf(bench.products.keySet());
        bench.bought.clear();
        bench.visited.clear();
        bench.blocked.clear();
        bench.bought.addAll(some(ids, 0.1));
        bench.visited.addAll(some(ids, 0.05));
        bench.blocked.addAll(some(ids, 0.05));
        bench.looked = chance(0.4) ? Optional.of(one(ids)) : Optional.empty();
        bench.customer = chance(0.7) ? Optional.of("~anna") : Optional.empty();
        bench.place = chance(0.5) ? new Place("CN", "", "") : Place.UNKNOWN;
    }

    private void count(PlacedBench bench, Placement placement, List<Recommended.Item> items, int n, Set<String> given, Tally tally) {
        tally.lists++;
        tally.products += items.size();
        Set<String> seen = new HashSet<>();
        Map<String, Integer> brands = new HashMap<>();
        for (Recommended.Item item : items) {
            if (!allowed(bench, placement, item.product()) || given != null && !given.contains(item.product())) {
                tally.leaks++;
            }
            tally.twice += seen.add(item.product()) ? 0 : 1;
            String brand = bench.products.containsKey(item.product()) ? bench.products.get(item.product()).brand() : "";
            boolean pinned = item.reasons().stream().anyMatch(reason -> reason.code().equals("placement-pin"));
            if (!brand.isEmpty() && brands.merge(brand, 1, Integer::sum) > Optional.ofNullable(placement.diversity().maxPerBrand())
                    .orElse(Integer.MAX_VALUE) && !pinned && placement.rules().isEmpty()) {
                tally.overCap++;
            }
        }
        tally.tooLong += items.size() > n ? 1 : 0;
        if (items.isEmpty()) {
            boolean any = (given == null ? bench.products.keySet() : given).stream().anyMatch(id -> allowed(bench, placement, id));
            tally.empty += any ? 1 : 0;
            tally.rightlyEmpty += any ? 0 : 1;
        }
    }

    @Test
    void nothingLeaksNothingComesTwiceAndNoListIsEmptyWithoutNeed() throws FormRefusedException {
        Tally tally = new Tally();
        while (tally.lists < REQUESTS) {
            try (PlacedBench bench = new PlacedBench(Duration.ofMillis(100))) {
                fill(bench);
                enable(bench);
                for (int i = 0; i < A_WORLD; i++) {
                    Placement placement = placement(bench);
                    Placement checked = new Placement("home", "Home", placement.kind(), true, placement.strategies(), placement.ranking(),
                            placement.filters(), placement.rules().stream().filter(rule -> !rule.products().isEmpty()
                                    || !rule.categories().isEmpty()).toList(), placement.diversity(), placement.fallback(),
                            placement.personalWeight());
                    PlacementCheck.check(checked);
                    request(bench);
                    int n = 1 + random.nextInt(12);
                    if (chance(0.15)) {
                        List<String> given = some(shuffled(bench), 0.5);
                        if (!given.isEmpty()) {
                            count(bench, checked, bench.rerank(checked, given, n, random.nextDouble()).value().items(), n, Set.copyOf(given),
                                    tally);
                        }
                    } else {
                        count(bench, checked, bench.ask(checked, n).value().items(), n, null, tally);
                    }
                }
            }
        }
        assertEquals("0 leaks, 0 empty, 0 twice, 0 too long, 0 over a cap", tally.leaks + " leaks, " + tally.empty + " empty, " + tally.twice
                + " twice, " + tally.tooLong + " too long, " + tally.overCap + " over a cap");
        assertTrue(tally.products > 2 * tally.lists && tally.rightlyEmpty < tally.lists / 3, tally.lists + " lists with " + tally.products
                + " products, " + tally.rightlyEmpty + " rightly empty");
    }
}
