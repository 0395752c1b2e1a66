package io.kontor.platform.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is worth asking about after the records were imported. Payments are as the shop would send them, by the names of the columns.
 *
 * @param customer the id of a customer who came often
 * @param suspicious a payment that a ring goes on to try, a minute after its latest one
 * @param ordinary payments of customers, made again a minute after the latest ones
 */
public record Samples(String customer, Map<String, Object> suspicious, List<Map<String, Object>> ordinary) {

    private static final int ORDINARY = 12;
    private static final int LATER_SECONDS = 60;

    static Samples of(Profile profile, List<Order> orders, List<Payment> payments) {
        Map<String, Integer> counts = new HashMap<>();
        orders.forEach(order -> counts.merge(order.customer().id(), 1, Integer::sum));
        String customer = counts.entrySet().stream().max(Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed())).orElseThrow().getKey();
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
