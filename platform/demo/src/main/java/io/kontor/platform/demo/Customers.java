package io.kontor.platform.demo;

import java.util.ArrayList;
import java.util.List;

/** The customers of a store whom it knows by name: each has a taste of its own, and some come often. */
final class Customers {

    /** How many tastes there are. */
    static final int TASTES = 5;

    private static final double ACTIVITY_SHAPE = 1.2;
    private static final double SECOND_CARD = 0.15;
    private static final double LEAST_SHARE = 0.4;
    private static final double MOST_SHARE = 0.95;
    private static final double SHARE_SPREAD = 0.1;

    private final List<Customer> all;
    private final double[] activity;

    /**
     * A customer.
     *
     * @param id the shop's own id
     * @param taste the taste that most of the purchases follow
     * @param share of the purchases that follow it
     * @param country where the customer lives
     * @param city the city
     * @param means how the customer pays
     */
    record Customer(String id, int taste, double share, String country, String city, Means means) {

        /** How much a product made for a taste appeals. */
        double appeal(int toTaste) {
            return toTaste == taste ? share : (1 - share) / (TASTES - 1);
        }
    }

    /**
     * What a payment is made with.
     *
     * @param device fingerprint of the device
     * @param ip its address
     * @param email hash of the e-mail address
     * @param cards hashes of the cards
     * @param method the usual method
     */
    record Means(String device, String ip, String email, List<String> cards, String method) {

        static Means of(Profile profile, Chance chance) {
            List<String> cards = new ArrayList<>(List.of(chance.hex(16)));
            if (chance.happens(SECOND_CARD)) {
                cards.add(chance.hex(16));
            }
            return new Means("d-" + chance.hex(10), address(chance), chance.hex(16), List.copyOf(cards), chance.of(profile.words("methods")));
        }

        /** An address of the range that is set aside for tests of network devices (RFC 2544). */
        static String address(Chance chance) {
            return "198." + (18 + chance.below(2)) + "." + chance.below(256) + "." + (1 + chance.below(254));
        }
    }

    private Customers(List<Customer> all, double[] activity) {
        this.all = all;
        this.activity = activity;
    }

    static Customers of(Profile profile, long seed) {
        Chance chance = Chance.of(seed, profile.id() + " customers");
        List<Customer> all = new ArrayList<>();
        double[] weights = new double[profile.count("customers")];
        for (int i = 0; i < weights.length; i++) {
            double share = Math.min(MOST_SHARE, profile.number("taste") + SHARE_SPREAD * chance.gaussian());
            String[] home = chance.of(profile.words("homes")).split(":");
            all.add(new Customer(id(i), chance.below(TASTES), Math.max(LEAST_SHARE, share), home[0], home[1], Means.of(profile, chance)));
            weights[i] = chance.gamma(ACTIVITY_SHAPE);
        }
        return new Customers(List.copyOf(all), Chance.sums(weights));
    }

    static String id(int index) {
        return "c%04d".formatted(index + 1);
    }

    List<Customer> all() {
        return all;
    }

    int size() {
        return all.size();
    }

    Customer any(Chance chance) {
        return all.get(chance.pick(activity));
    }
}
