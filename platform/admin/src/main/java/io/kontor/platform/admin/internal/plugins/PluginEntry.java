package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.stores.Activation;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Version;

/**
 * A plugin as the pages of one store show it.
 *
 * @param id the plugin's id
 * @param family its family; empty when it is enabled but no longer installed
 * @param title in the visitor's language
 * @param description in the visitor's language
 * @param baseline whether it is the family's baseline
 * @param trainable whether it learns a model
 * @param versions the installed ones, the highest first; empty when it is no longer installed
 * @param activation how it is enabled; null when it is not
 * @param reason why it is not active, in the visitor's language where we have the words; empty when it is
 * @param champion the model that serves; null when there is none
 */
public record PluginEntry(String id, String family, String title, String description, boolean baseline, boolean trainable,
        List<Version> versions, Activation activation, String reason, ModelVersion champion) {

    private static final List<String> FAMILIES = List.of("recommend", "inventory", "pricing", "risk", "source");

    /** Families in the order of the words of the product; new ones after them. */
    static final Comparator<String> FAMILY_ORDER = Comparator
            .comparingInt((String family) -> FAMILIES.contains(family) ? FAMILIES.indexOf(family) : FAMILIES.size() + (family.isEmpty() ? 1 : 0))
            .thenComparing(Comparator.naturalOrder());

    /**
     * Whether it is enabled.
     *
     * @return true when there is an activation
     */
    public boolean enabled() {
        return activation != null;
    }

    /**
     * Whether a bundle brings it at this moment.
     *
     * @return false for what is left of a removed bundle
     */
    public boolean installed() {
        return !versions.isEmpty();
    }

    /**
     * How it does.
     *
     * @return how to show it
     */
    public Look look() {
        return Look.of(activation);
    }

    /**
     * The version to show: the one that serves, otherwise the highest.
     *
     * @return the version
     */
    public Version version() {
        return activation == null ? versions.get(0) : activation.version();
    }

    /**
     * The name of a family.
     *
     * @param family its id; empty for what is no longer installed
     * @param visit the request
     * @return the family's name
     */
    public static String familyName(String family, Visit visit) {
        return family.isEmpty() ? visit.text("plugins.not-installed") : visit.textOr("shell.family." + family, family);
    }

    static String shortName(String id) {
        return id.substring(id.lastIndexOf('.') + 1).replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }
}
