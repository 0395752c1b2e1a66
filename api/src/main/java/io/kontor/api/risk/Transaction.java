package io.kontor.api.risk;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A payment as the shop reports it. Immutable. Texts that the shop did not give are empty.
 *
 * @param id the shop's own id
 * @param time when
 * @param amount in {@code currency}
 * @param orderId the order paid
 * @param customerId who pays
 * @param currency ISO 4217 code; empty for the store's own
 * @param method how, for example {@code card}
 * @param country of the device or the delivery, ISO 3166-1 alpha-2
 * @param billingCountry of the payer, ISO 3166-1 alpha-2
 * @param ip the address
 * @param device a fingerprint of the device
 * @param emailHash a hash of the e-mail address
 * @param cardHash a hash of the card number
 * @param attributes further attributes by name: {@link Double} or {@link String}
 */
public record Transaction(String id, Instant time, double amount, String orderId, String customerId, String currency, String method,
        String country, String billingCountry, String ip, String device, String emailHash, String cardHash,
        Map<String, Object> attributes) {

    /** Copies the attributes and checks id and time. */
    public Transaction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        attributes = Map.copyOf(attributes);
    }
}
