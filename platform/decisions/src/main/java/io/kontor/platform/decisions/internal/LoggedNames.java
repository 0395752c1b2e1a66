package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Pseudonyms;
import java.util.function.UnaryOperator;

/**
 * Puts pseudonyms in the place of customers' ids in the texts that are logged, and ids in the place of pseudonyms in those that are read. Only
 * whole words are touched. Safe for use by several threads.
 */
final class LoggedNames {

    private final Pseudonyms pseudonyms;

    LoggedNames(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /** How a customer is called in the log. */
    String logged(String store, String customer) {
        return pseudonyms.of(store, customer);
    }

    /** Who is called so in the log. */
    String customer(String store, String logged) {
        return pseudonyms.customer(store, logged);
    }

    /** Makes texts without the customer's id, but with what it is called in the log. */
    static UnaryOperator<String> hiding(String customer, String logged) {
        return customer.isEmpty() ? UnaryOperator.identity() : text -> text.contains(customer) ? replaced(text, customer, logged) : text;
    }

    /** Makes the same texts with the id in them again. */
    UnaryOperator<String> showing(String store, String logged) {
        if (logged.isEmpty()) {
            return UnaryOperator.identity();
        }
        String customer = pseudonyms.customer(store, logged);
        return text -> text.replace(logged, customer);
    }

    private static String replaced(String text, String id, String by) {
        StringBuilder out = new StringBuilder(text.length() + by.length());
        int from = 0;
        int at = text.indexOf(id);
        while (at >= 0) {
            if (word(text, at - 1) || word(text, at + id.length())) {
                at = text.indexOf(id, at + 1);
            } else {
                out.append(text, from, at).append(by);
                from = at + id.length();
                at = text.indexOf(id, from);
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private static boolean word(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
