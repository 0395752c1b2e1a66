package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes the products of a store from the lines of its catalogue. */
final class Catalogue {

    private static final double ELASTICITY_SPREAD = 0.35;
    private static final double LEAST_ELASTICITY = -0.7;
    private static final double MOST_ELASTICITY = -4;
    private static final double LATER = 0.15;
    private static final int LATEST = 400;
    /** Below it prices end in tenths, from it on in .9. */
    private static final double SMALL = 20;
    /** From it on prices end in 4 or 9. */
    private static final double LARGE = 250;

    private final Profile profile;
    private final Chance chance;

    /** What the products of a category have in common. */
    private record Category(String name, double elasticity, int peak, double amplitude, double waste, double lead, double leadStd, int pack) {

        static Category of(String[] cells) {
            return new Category(cells[0].substring(1), Double.parseDouble(cells[1]), Integer.parseInt(cells[2]),
                    Double.parseDouble(cells[3]), Double.parseDouble(cells[4]), Double.parseDouble(cells[5]), Double.parseDouble(cells[6]),
                    Integer.parseInt(cells[7]));
        }
    }

    private Catalogue(Profile profile, Chance chance) {
        this.profile = profile;
        this.chance = chance;
    }

    static List<Item> of(Profile profile, long seed) {
        return new Catalogue(profile, Chance.of(seed, profile.id() + " catalogue")).items(seed);
    }

    /** A price as shops write it. */
    static double nice(double price) {
        return price < SMALL ? Math.rint(price * 10) / 10 : price < LARGE ? Math.rint(price) - 0.1 : Math.rint(price / 5) * 5 - 1;
    }

    private List<Item> items(long seed) {
        List<String> lines = profile.catalogue();
        double[] daily = popularity((int) lines.stream().filter(line -> !line.startsWith("@")).count(), seed);
        List<Item> items = new ArrayList<>();
        Category category = null;
        for (String line : lines) {
            String[] cells = line.split("\\|");
            if (line.startsWith("@")) {
                category = Category.of(cells);
            } else {
                items.add(item(category, cells, items.size(), daily[items.size()]));
            }
        }
        return List.copyOf(items);
    }

    private Item item(Category category, String[] cells, int index, double daily) {
        double elasticity = Math.max(MOST_ELASTICITY, Math.min(LEAST_ELASTICITY,
                category.elasticity + ELASTICITY_SPREAD * chance.gaussian()));
        double price = nice(Double.parseDouble(cells[2]));
        double cost = Math.rint(100 * price * chance.uniform(profile.numbers("cost"))) / 100;
        Item.Supply supply = new Item.Supply("supplier-" + (1 + chance.below(6)), category.lead, category.leadStd, category.pack,
                category.waste, chance.uniform(profile.numbers("planning")));
        Item.Label label = new Item.Label(cells[0], category.name, cells[1], chance.of(profile.words("attributeValues")));
        int launch = chance.happens(LATER) ? chance.below(LATEST) : 0;
        return new Item("p%03d".formatted(index + 1), label, price, cost,
                Integer.parseInt(cells[3]), new Item.Appetite(elasticity, daily, category.peak, category.amplitude), supply, launch);
    }

    /** Units a day by product: Zipf's law over a random order. */
    private double[] popularity(int products, long seed) {
        List<Integer> ranks = new ArrayList<>();
        double sum = 0;
        for (int rank = 0; rank < products; rank++) {
            ranks.add(rank);
            sum += weight(rank);
        }
        Collections.shuffle(ranks, new Random(seed));
        double[] daily = new double[products];
        for (int i = 0; i < products; i++) {
            daily[i] = profile.number("units") * weight(ranks.get(i)) / sum;
        }
        return daily;
    }

    private double weight(int rank) {
        return StrictMath.pow(rank + 2.0, -profile.number("zipf"));
    }
}
