package io.kontor.api.risk;

import java.util.Arrays;
import java.util.Optional;

/** What links transactions with each other when they have it in common. */
public enum SharedKey {
    /** Who pays. */
    CUSTOMER("customerId"),
    /** The card. */
    CARD("cardHash"),
    /** The device. */
    DEVICE("device"),
    /** The e-mail address. */
    EMAIL("emailHash"),
    /** The network address. */
    IP("ip");

    private final String field;

    SharedKey(String field) {
        this.field = field;
    }

    /**
     * The field of a transaction that holds it.
     *
     * @return the name in the import files
     */
    public String field() {
        return field;
    }

    /**
     * The key that a field holds.
     *
     * @param field a name in the import files
     * @return the key, or empty when the field links nothing
     */
    public static Optional<SharedKey> of(String field) {
        return Arrays.stream(values()).filter(key -> key.field.equals(field)).findFirst();
    }

    /**
     * The key's value in a transaction.
     *
     * @param transaction the transaction
     * @return empty when the shop did not give it, which links it with nothing
     */
    public String in(Transaction transaction) {
        return switch (this) {
            case CUSTOMER -> transaction.customerId();
            case CARD -> transaction.cardHash();
            case DEVICE -> transaction.device();
            case EMAIL -> transaction.emailHash();
            case IP -> transaction.ip();
        };
    }
}
