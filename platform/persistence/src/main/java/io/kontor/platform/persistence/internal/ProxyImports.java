package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.Database;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Lets bundles with entities see Hibernate. Its proxies are defined in the entities' class loader and extend Hibernate's own types, which
 * an author cannot be asked to import.
 */
final class ProxyImports implements WeavingHook {

    private final Map<Long, Boolean> withEntities = new ConcurrentHashMap<>();

    @Override
    public void weave(WovenClass woven) {
        Bundle bundle = woven.getBundleWiring().getBundle();
        if (withEntities.computeIfAbsent(bundle.getBundleId(), id -> bundle.getHeaders("").get(Database.ENTITIES) != null)
                && !woven.getDynamicImports().contains("org.hibernate.*")) {
            woven.getDynamicImports().add("org.hibernate.*");
        }
    }
}
