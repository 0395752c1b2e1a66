package io.kontor.platform.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Writes rows of comma-separated values (RFC 4180). */
final class Csv {

    private final Appendable out;
    private boolean begun;

    Csv(Appendable out) {
        this.out = out;
    }

    Csv cell(String text) {
        append(begun ? "," : "");
        begun = true;
        boolean quoted = text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0;
        append(quoted ? '"' + text.replace("\"", "\"\"") + '"' : text);
        return this;
    }

    Csv cell(long number) {
        return cell(Long.toString(number));
    }

    /** A number with two decimals. */
    Csv money(double amount) {
        long cents = Math.round(amount * 100);
        return cell(cents / 100 + "." + cents / 10 % 10 + cents % 10);
    }

    Csv flag(boolean set) {
        return cell(set ? "1" : "0");
    }

    Csv time(long second) {
        return cell(Instant.ofEpochSecond(second).toString());
    }

    Csv cells(String... texts) {
        for (String text : texts) {
            cell(text);
        }
        return this;
    }

    void end() {
        append("\n");
        begun = false;
    }

    private void append(String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
