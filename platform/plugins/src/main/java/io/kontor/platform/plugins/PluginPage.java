package io.kontor.platform.plugins;

/**
 * A page that a plugin brings for the admin UI. Immutable.
 *
 * @param id unique within the plugin
 * @param title in the language asked for
 * @param role the smallest role that may see it
 * @param order its place in the navigation; smaller is higher
 */
public record PluginPage(String id, String title, String role, int order) {
}
