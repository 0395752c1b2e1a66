package io.kontor.platform.admin.internal.words;

/**
 * A name and its value in words.
 *
 * @param label the name
 * @param value the value
 */
public record Fact(String label, String value) {
}
