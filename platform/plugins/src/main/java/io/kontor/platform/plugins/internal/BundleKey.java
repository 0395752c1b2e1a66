package io.kontor.platform.plugins.internal;

import java.util.Comparator;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/**
 * What tells one bundle from another: name and version. Sorted by name, then by rising version. Immutable.
 *
 * @param symbolicName the bundle's symbolic name
 * @param version its version
 */
record BundleKey(String symbolicName, Version version) implements Comparable<BundleKey> {

    /** Start of the location of every deployed bundle. */
    static final String SCHEME = "kontor:";

    private static final Comparator<BundleKey> ORDER = Comparator.comparing(BundleKey::symbolicName).thenComparing(BundleKey::version);

    /**
     * The key of an installed bundle.
     *
     * @param bundle the bundle
     * @return its key
     */
    static BundleKey of(Bundle bundle) {
        return new BundleKey(String.valueOf(bundle.getSymbolicName()), bundle.getVersion());
    }

    /**
     * Where the framework thinks the bundle comes from.
     *
     * @return the location
     */
    String location() {
        return SCHEME + symbolicName + "/" + version;
    }

    @Override
    public int compareTo(BundleKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
