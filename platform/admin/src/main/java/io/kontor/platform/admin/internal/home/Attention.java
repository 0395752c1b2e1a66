package io.kontor.platform.admin.internal.home;

/**
 * Something that a person should look at.
 *
 * @param tone {@code bad}, {@code warn}, {@code accent} or empty, the weightiest first
 * @param count how many
 * @param text what it is
 * @param detail the latest of them in words; may be empty
 * @param href where it is dealt with
 */
public record Attention(String tone, long count, String text, String detail, String href) {
}
