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
 * @param ordinary payments of customers, made again a minute after the latest ones
 */
public record Samples(String customer, Map<String, Object> suspicious, List<Map<String, Object>> ordinary) {

    private static final int ORDINARY = 12;
    private static final int FEWEST_PRODUCTS = 5;
    private static final int MOST_PRODUCTS = 8;
    private static final int LATER_SECONDS = 60;

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
        for (int i = payments.size() - 1; ordinary.size() < ORDINARY; i--) {
            if (!payments.get(i).truth().fraud()) {
                ordinary.add(again(profile, payments.get(i)));
            }
        }
        return new Samples(customer, again(profile, ring), List.copyOf(ordinary));
    }

    private static Map<String, Object> again(Profile profile, Payment payment) {
        Payment.Origin origin = payment.origin();
        Map<String, Object> again = new LinkedHashMap<>();
        again.put("id", payment.id() + "-again");
        again.put("time", Instant.ofEpochSecond(payment.second() + LATER_SECONDS).toString());
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
