package io.kontor.platform.decisions.internal;

import io.kontor.platform.data.Pseudonyms;
import java.nio.charset.StandardCharsets;

/**
 * Puts pseudonyms in the place of customers' ids in what is logged as JSON, and ids in the place of pseudonyms in what is read. Only whole words
 * within texts are touched, so that what is logged stays JSON. Safe for use by several threads.
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

    /** JSON without the customer's id. */
    byte[] hide(String store, String customer, byte[] json) {
        if (customer.isEmpty()) {
            return json;
        }
        String text = new String(json, StandardCharsets.UTF_8);
        String id = within(customer);
        return text.contains(id) ? replaced(text, id, pseudonyms.of(store, customer)).getBytes(StandardCharsets.UTF_8) : json;
    }

    /** The same JSON with the id in it again. */
    String show(String store, String logged, String json) {
        return logged.isEmpty() ? json : json.replace(logged, within(pseudonyms.customer(store, logged)));
    }

    /** A text as it stands between the quotes of JSON. */
    private static String within(String text) {
        String quoted = new String(LogJson.writeBytes(text), StandardCharsets.UTF_8);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String replaced(String json, String id, String by) {
        StringBuilder out = new StringBuilder(json.length() + by.length());
        boolean inside = false;
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (inside && json.startsWith(id, at) && !word(json, at - 1) && !word(json, at + id.length())) {
                out.append(by);
                at += id.length();
            } else if (inside && c == '\\') {
                out.append(c).append(json.charAt(at + 1));
                at += 2;
            } else {
                inside ^= c == '"';
                out.append(c);
                at++;
            }
        }
        return out.toString();
    }

    private static boolean word(String json, int at) {
        return Character.isLetterOrDigit(json.charAt(at));
    }
}
