package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.BundleDeployer;

/**
 * How much a jar may hold, so that no upload fills the disk or the memory.
 *
 * @param bytes size of the file
 * @param entries entries, those of nested jars on the class path included
 * @param unpacked size of all entries unpacked
 * @param ratio unpacked size to file size, looked at from a fifth of {@code unpacked} on
 */
record JarLimits(long bytes, int entries, long unpacked, int ratio) {

    /** What a server takes: far above any bundle known, far below what hurts. */
    static final JarLimits STANDARD = new JarLimits(BundleDeployer.MOST_BYTES, 10_000, 500L << 20, 100);
}
