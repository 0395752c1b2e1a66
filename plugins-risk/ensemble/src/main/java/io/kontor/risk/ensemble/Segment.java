package io.kontor.risk.ensemble;

import io.kontor.api.risk.Transaction;
import java.util.Locale;

/** What parts transactions into segments. */
enum Segment {
    /** How was paid. */
    METHOD,
    /** Where from. */
    COUNTRY;

    static Segment of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** The segment of a transaction; empty when it does not say. */
    String of(Transaction transaction) {
        String text = this == METHOD ? transaction.method() : transaction.country();
        return text == null ? "" : text;
    }
}
