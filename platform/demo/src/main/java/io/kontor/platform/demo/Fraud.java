package io.kontor.platform.demo;

import io.kontor.platform.demo.Customers.Customer;
import io.kontor.platform.demo.Customers.Means;
import java.util.ArrayList;
import java.util.List;

/**
 * Payments with other people's money: by rings, who try many stolen cards from a few devices within minutes, and by lone thieves. What was
 * done is only known when somebody complains, weeks later.
 */
final class Fraud {

    private static final long DAY = 86_400;
    private static final int MOST_DEVICES = 3;
    private static final int FEWEST_CARDS = 8;
    private static final int MORE_CARDS = 12;
    private static final int RING_DAYS = 40;
    private static final int FEWEST_PAYMENTS = 4;
    private static final int MORE_PAYMENTS = 6;
    private static final int LONGEST_PAUSE_SECONDS = 540;
    private static final double FIRST_COMPLAINT = 6;
    private static final double COMPLAINT = 16;
    private static final double TAKEN_OVER = 0.6;
    private static final double CAREFUL = 0.7;
    private static final double ABROAD = 0.6;
    private static final List<String> FAR = List.of("RO", "NG", "VN", "BR", "UA");

    private final Profile profile;
    private final Customers customers;
    private final Span span;
    private final Chance chance;

    /** A ring and what it shares. */
    private record Ring(int number, List<String> devices, List<String> addresses, List<String> cards, String country) {
    }

    Fraud(Profile profile, Customers customers, Span span, Chance chance) {
        this.profile = profile;
        this.customers = customers;
        this.span = span;
        this.chance = chance;
    }

    /** Adds the fraud to honest payments; orders tell what things cost. */
    void commit(List<Order> orders, List<Payment> payments) {
        int accounts = customers.size();
        int number = orders.size();
        int rings = profile.count("rings");
        for (int r = 0; r < rings; r++) {
            Ring ring = ring(r);
            // The last ring is at work to the last day, so that its latest deeds are still unknown.
            int begin = r == rings - 1 ? span.days() - RING_DAYS : chance.below(span.days() - RING_DAYS);
            for (int burst = 0; burst < profile.count("bursts"); burst++) {
                int day = r == rings - 1 && burst == 0 ? span.days() - 1 : begin + chance.below(RING_DAYS);
                long second = span.second(day, 9 * 60 + chance.below(12 * 60));
                String device = chance.of(ring.devices);
                String address = chance.of(ring.addresses);
                for (int n = FEWEST_PAYMENTS + chance.below(MORE_PAYMENTS); n > 0; n--) {
                    second += 40 + chance.below(LONGEST_PAUSE_SECONDS);
                    Payment.Origin origin = new Payment.Origin("card", ring.country, profile.text("country"), address, device,
                            chance.hex(16), chance.of(ring.cards));
                    payments.add(payment(second, orders, number++, Customers.id(accounts++), origin, chance.below(3), r));
                }
            }
        }
        for (int n = profile.count("lone"); n > 0; n--) {
            payments.add(lone(orders, number++, accounts++));
        }
    }

    /** A thief alone: some pretend to be the victim at home, and can hardly be told from somebody with a new device. */
    private Payment lone(List<Order> orders, int number, int account) {
        Customer victim = customers.any(chance);
        boolean takenOver = chance.happens(TAKEN_OVER);
        boolean careful = takenOver && chance.happens(CAREFUL);
        Payment.Origin origin = new Payment.Origin(takenOver ? victim.means().method() : "card",
                !careful && chance.happens(ABROAD) ? chance.of(FAR) : victim.country(), victim.country(), Means.address(chance),
                "d-" + chance.hex(10), takenOver ? victim.means().email() : chance.hex(16), victim.means().cards().get(0));
        long second = span.second(chance.below(span.days()), 8 * 60 + chance.below(14 * 60));
        return payment(second, orders, number, takenOver ? victim.id() : Customers.id(account), origin,
                takenOver ? 100 + chance.below(600) : chance.below(10), Payment.NO_RING);
    }

    private Ring ring(int number) {
        List<String> devices = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (int n = 1 + chance.below(MOST_DEVICES); n > 0; n--) {
            devices.add("d-" + chance.hex(10));
            addresses.add(Means.address(chance));
        }
        List<String> cards = new ArrayList<>();
        for (int n = FEWEST_CARDS + chance.below(MORE_CARDS); n > 0; n--) {
            cards.add(chance.hex(16));
        }
        return new Ring(number, devices, addresses, cards, chance.happens(0.5) ? chance.of(FAR) : profile.text("country"));
    }

    private Payment payment(long second, List<Order> orders, int number, String customer, Payment.Origin origin, int age, int ring) {
        double amount = Math.max(orders.get(chance.below(orders.size())).total(), orders.get(chance.below(orders.size())).total())
                * chance.uniform(1, 1.5);
        long known = second + (long) (DAY * (FIRST_COMPLAINT + COMPLAINT * chance.gamma(1.5)));
        return new Payment("", second, Payments.cents(amount), "o%06d".formatted(number + 1), customer, origin,
                new Payment.Basket(age, 1 + chance.below(3), chance.happens(0.6)), new Payment.Truth(true, ring, known));
    }
}
