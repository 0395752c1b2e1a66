package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.data.Retention;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.stores.PluginInstance;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Version;

/** An instance whose service is a plain object. */
record Fake(String plugin, String store, boolean baseline, Object service) implements PluginInstance {

    /** Stores that say how long they keep their decisions. */
    record Kept(Set<String> saying) implements Retention {

        @Override
        public Set<String> names() {
            return Set.of(DECISIONS);
        }

        @Override
        public Set<String> stores(String name) {
            return saying;
        }

        @Override
        public Map<String, Integer> days(String store) {
            return Map.of();
        }

        @Override
        public void put(String store, Map<String, Integer> days) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String start(String store, Starter by) {
            throw new UnsupportedOperationException();
        }
    }

    /** Pseudonyms that a test can tell: the id from its end, behind a tilde. */
    static final class Reversed implements Pseudonyms {

        @Override
        public String of(String store, String customer) {
            return customer.isEmpty() ? "" : "~" + new StringBuilder(customer).reverse();
        }

        @Override
        public String customer(String store, String pseudonym) {
            return pseudonym.startsWith("~") ? new StringBuilder(pseudonym.substring(1)).reverse().toString() : pseudonym;
        }
    }

    Fake(String plugin, String store) {
        this(plugin, store, false, plugin);
    }

    @Override
    public Version version() {
        return Version.valueOf("1.0.0");
    }

    @Override
    public String family() {
        return Family.RECOMMEND;
    }

    @Override
    public boolean provides(Class<?> type) {
        return type.isInstance(service);
    }

    @Override
    public Object property(String name) {
        return null;
    }

    @Override
    public Optional<Lease> lease() {
        return lease(() -> { });
    }

    @Override
    public Optional<Lease> lease(Runnable leaving) {
        return Optional.of(new Lease() {

            @Override
            public Object service() {
                return service;
            }

            @Override
            public void close() {
                // nothing to give back
            }
        });
    }
}
