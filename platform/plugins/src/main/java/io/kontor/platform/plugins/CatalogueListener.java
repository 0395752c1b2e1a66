package io.kontor.platform.plugins;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.Version;

/** Hears what comes and goes. Registered as a service; called one at a time, on the thread that deploys; must return soon and not throw. */
@ConsumerType
public interface CatalogueListener {

    /**
     * Plugins of a bundle can be used from now on.
     *
     * @param bundle its symbolic name
     * @param version its version
     */
    void added(String bundle, Version version);

    /**
     * A bundle is about to be stopped; the catalogue no longer has its plugins, the bundle still runs. Who uses them should move on now.
     *
     * @param bundle its symbolic name
     * @param version its version
     */
    void removing(String bundle, Version version);
}
