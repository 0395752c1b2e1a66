package io.kontor.platform.stores.internal;

import io.kontor.api.plugin.Plugin;

/** Names of the properties in an activation's configuration, which are also those of its service. */
final class Properties {

    static final String STORE = Plugin.STORE;
    static final String PLUGIN = "kontor.plugin";
    static final String FAMILY = Plugin.PREFIX_ + "family";
    static final String BASELINE = Plugin.PREFIX_ + "baseline";
    static final String BUNDLE = "kontor.bundle";
    static final String VERSION = "kontor.version";
    static final String PINNED = "kontor.pinned";
    static final String SETTINGS = "kontor.settings";
    static final String ENABLED_AT = "kontor.enabled.at";
    static final String REVISION = "kontor.revision";
    static final String TRIAL = "kontor.trial";

    private Properties() {
    }
}
