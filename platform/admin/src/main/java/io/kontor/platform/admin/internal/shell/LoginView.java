package io.kontor.platform.admin.internal.shell;

import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What the login page shows.
 *
 * @param texts its words
 * @param locale its language
 * @param asset gives the address of a static file
 * @param next where the visitor wanted to go
 * @param name the name that was tried; empty at first
 * @param fault why it was refused; empty at first
 * @param theme light, dark or empty
 */
public record LoginView(Texts texts, Locale locale, UnaryOperator<String> asset, String next, String name, String fault, String theme) {
}
