package io.kontor.platform.plugins;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** All plugins of all active bundles. A service; safe for use by several threads; answers from memory. */
@ProviderType
public interface PluginCatalogue {

    /**
     * All plugins, each version of a bundle by itself, by id and then by falling version.
     *
     * @param locale the language of titles and descriptions
     * @return descriptors
     */
    List<PluginDescriptor> plugins(Locale locale);

    /**
     * One plugin.
     *
     * @param id its id
     * @param version the version of its bundle; null for the highest
     * @param locale the language of titles and descriptions
     * @return the descriptor, or empty when no active bundle has it
     */
    Optional<PluginDescriptor> find(String id, Version version, Locale locale);

    /**
     * The bundle that a plugin is in.
     *
     * @param plugin a descriptor of this catalogue
     * @return the bundle, or empty when it has gone since
     */
    Optional<Bundle> bundle(PluginDescriptor plugin);
}
