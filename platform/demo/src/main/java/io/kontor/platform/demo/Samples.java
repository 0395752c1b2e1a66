package io.kontor.platform.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is worth asking about after the records were imported. Payments are as the shop would send them, by the names of the columns.
 *
 * @param customer the id of the latest customer who bought some products, but not most of them
 * @param suspicious a payment that a ring goes on to try, a minute after its latest one
 * @param ordinary payments as customers make them, half a day after their latest ones
 * @param doubtful payments of customers from devices that they never used, abroad or for more than usual
 */
public record Samples(String customer, Map<String, Object> suspicious, List<Map<String, Object>> ordinary,
        List<Map<String, Object>> doubtful) {

    private static final int ORDINARY = 8;
    private static final int DOUBTFUL = 6;
    private static final int FEWEST_PRODUCTS = 5;
    private static final int MOST_PRODUCTS = 8;
    private static final long SOON = 60;
    private static final long HALF_A_DAY = 43_200;

    static Samples of(Profile profile, List<Order> orders, List<Payment> payments) {
        Map<String, Set<Item>> chosen = new HashMap<>();
        orders.forEach(order -> order.lines().forEach(line ->
                chosen.computeIfAbsent(order.customer().id(), id -> new HashSet<>()).add(line.item())));
        String customer = "";
        for (Order order : orders) {
            int products = chosen.get(order.customer().id()).size();
            customer = products >= FEWEST_PRODUCTS && products <= MOST_PRODUCTS ? order.customer().id() : customer;
        }
        Payment ring = payments.stream().filter(payment -> payment.truth().ring() != Payment.NO_RING)
                .max(Comparator.comparingLong(Payment::second)).orElseThrow();
        List<Map<String, Object>> ordinary = new ArrayList<>();
        List<Map<String, Object>> doubtful = new ArrayList<>();
        for (int i = payments.size() - 1; doubtful.size() < DOUBTFUL; i--) {
            if (payments.get(i).truth().fraud()) {
                continue;
            } else if (ordinary.size() < ORDINARY) {
                ordinary.add(again(profile, payments.get(i), HALF_A_DAY));
            } else {
                doubtful.add(doubtful(again(profile, payments.get(i), HALF_A_DAY), doubtful.size()));
            }
        }
        return new Samples(customer, again(profile, ring, SOON), List.copyOf(ordinary), List.copyOf(doubtful));
    }

    private static Map<String, Object> doubtful(Map<String, Object> payment, int number) {
        payment.put("device", "d-new" + number);
        if (number % 2 == 0) {
            payment.put("country", "BR");
        }
        payment.put("amount", Payments.cents((double) payment.get("amount") * (1 + number)));
        return payment;
    }

    private static Map<String, Object> again(Profile profile, Payment payment, long later) {
        Payment.Origin origin = payment.origin();
        Map<String, Object> again = new LinkedHashMap<>();
        again.put("id", payment.id() + "-again");
        again.put("time", Instant.ofEpochSecond(payment.second() + later).toString());
        again.put("amount", payment.amount());
        again.put("customerId", payment.customer());
        again.put("currency", profile.text("currency"));
        again.put("method", origin.method());
        again.put("country", origin.country());
        again.put("billingCountry", origin.billingCountry());
        again.put("ip", origin.ip());
        again.put("device", origin.device());
        again.put("emailHash", origin.email());
        again.put("cardHash", origin.card());
        again.put("attr.accountAgeDays", payment.basket().accountAge());
        again.put("attr.units", payment.basket().units());
        again.put("attr.express", payment.basket().express() ? 1 : 0);
        return again;
    }
}
