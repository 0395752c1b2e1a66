package io.kontor.platform.admin.internal.plugins;

import java.util.List;
import java.util.Map;

/**
 * The plugins of a store.
 *
 * @param families the plugins by family
 * @param disabled the title of the plugin that was just disabled; empty for none
 */
public record CatalogueView(Map<String, List<PluginEntry>> families, String disabled) {

    /**
     * How many plugins are in a state.
     *
     * @param look the state
     * @return the number
     */
    public long count(Look look) {
        return families.values().stream().flatMap(List::stream).filter(entry -> entry.look() == look).count();
    }
}
