package io.kontor.distribution.benchmarks;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Synthetic payments of customers with a card and a device each; fraud is large, from abroad and by a device of few. */
final class Payments {

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN = 60;
    private static final List<String> METHODS = List.of("card", "wallet", "transfer", "invoice");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "AT", "PL");

    /** One payment; a label is empty when nothing is known. */
    private record Payment(int number, int customer, double amount, String method, String country, String device, boolean fraud) {

        String id() {
            return "t" + number;
        }

        Instant time() {
            return BEGIN.plusSeconds((long) number * SECONDS_BETWEEN);
        }

        String billingCountry() {
            return COUNTRIES.get(customer % COUNTRIES.size());
        }
    }

    private Payments() {
    }

    private static Payment payment(int number, int customers) {
        SplittableRandom random = new SplittableRandom(number);
        int customer = random.nextInt(customers);
        boolean fraud = random.nextInt(25) == 0;
        double amount = Math.round((fraud ? 120 : 15) * Math.exp(1.2 * random.nextDouble()) * 100) / 100.0;
        String country = COUNTRIES.get((fraud && random.nextInt(3) > 0 ? random.nextInt(COUNTRIES.size()) : customer) % COUNTRIES.size());
        String device = fraud && random.nextBoolean() ? "farm" + random.nextInt(20) : "d" + customer;
        return new Payment(number, customer, amount, METHODS.get(random.nextInt(METHODS.size())), country, device, fraud);
    }

    /** The first payments with their labels, for an import. */
    static String csv(int payments, int customers) {
        StringBuilder csv = new StringBuilder("id,time,amount,customerId,currency,method,country,billingCountry,device,cardHash,label,"
                + "labelTime\n");
        for (int number = 0; number < payments; number++) {
            Payment p = payment(number, customers);
            csv.append(String.join(",", p.id(), p.time().toString(), Double.toString(p.amount), "c" + p.customer, "EUR", p.method, p.country,
                    p.billingCountry(), p.device, "card" + p.customer, p.fraud ? "fraud" : "legitimate", p.time().plusSeconds(1).toString()))
                    .append('\n');
        }
        return csv.toString();
    }

    /** The body that has one payment assessed. */
    static String toAssess(int number, int customers) {
        Payment p = payment(number, customers);
        return "{\"transaction\":{\"id\":\"" + p.id() + "\",\"time\":\"" + p.time() + "\",\"amount\":" + p.amount + ",\"customerId\":\"c"
                + p.customer + "\",\"currency\":\"EUR\",\"method\":\"" + p.method + "\",\"country\":\"" + p.country + "\",\"billingCountry\":\""
                + p.billingCountry() + "\",\"device\":\"" + p.device + "\",\"cardHash\":\"card" + p.customer + "\"}}";
    }
}
