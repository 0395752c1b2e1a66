package io.kontor.platform.demo;

import io.kontor.platform.demo.Customers.Customer;
import io.kontor.platform.demo.Customers.Means;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The payments of a store: one for each order, with the oddities that honest people have, and the fraud among them. */
final class Payments {

    private static final long DAY = 86_400;
    /** Days after which nobody charges back any more. */
    private static final int HONEST_AFTER = 45;
    private static final double ABROAD = 0.02;
    private static final double NEW_DEVICE = 0.05;
    private static final double ELSEWHERE = 0.12;
    private static final double EXPRESS = 0.18;
    private static final int OLDEST = 900;

    private final Profile profile;
    private final Chance chance;

    private Payments(Profile profile, Chance chance) {
        this.profile = profile;
        this.chance = chance;
    }

    static List<Payment> of(Profile profile, List<Order> orders, Customers customers, Span span, long seed) {
        List<Payment> all = new ArrayList<>();
        new Payments(profile, Chance.of(seed, profile.id() + " payments")).honest(orders, all);
        new Fraud(profile, customers, span, Chance.of(seed, profile.id() + " fraud")).commit(orders, all);
        all.sort(Comparator.comparingLong(Payment::second).thenComparing(Payment::order));
        List<Payment> named = new ArrayList<>(all.size());
        for (Payment payment : all) {
            named.add(payment.named("t%06d".formatted(named.size() + 1)));
        }
        return List.copyOf(named);
    }

    private void honest(List<Order> orders, List<Payment> all) {
        Map<String, Long> since = new HashMap<>();
        for (Order order : orders) {
            Customer customer = order.customer();
            long first = since.computeIfAbsent(customer.id(), id -> order.second() - DAY * (chance.happens(0.5) ? 0 : chance.below(OLDEST)));
            Means means = customer.means();
            String country = chance.happens(ABROAD) ? abroad(customer.country()) : customer.country();
            Payment.Origin origin = new Payment.Origin(means.method(), country, customer.country(),
                    chance.happens(ELSEWHERE) ? Means.address(chance) : means.ip(),
                    chance.happens(NEW_DEVICE) ? "d-" + chance.hex(10) : means.device(), means.email(), chance.of(means.cards()));
            all.add(new Payment("", order.second(), cents(order.total()), order.id(), customer.id(), origin,
                    new Payment.Basket((int) ((order.second() - first) / DAY), order.units(), chance.happens(EXPRESS)),
                    new Payment.Truth(false, Payment.NO_RING, order.second() + DAY * HONEST_AFTER)));
        }
    }

    private String abroad(String home) {
        String country = chance.of(List.of("NL", "US", "SG", "TR", "BR"));
        return country.equals(home) ? profile.text("country") : country;
    }

    static double cents(double amount) {
        return Math.rint(amount * 100) / 100;
    }
}
