/**
 * Dense arithmetic on arrays of {@code float}, for plugins that learn or answer with matrices: products, inverses and solutions of symmetric
 * systems, scores of many rows at once. Start with {@link io.kontor.bundles.kernels.Kernels}; {@link io.kontor.bundles.kernels.PackedRows}
 * and {@link io.kontor.bundles.kernels.PackedBytes} hold rows that are multiplied again and again.
 *
 * <p>All of it runs on the vector instructions of the machine where the virtual machine offers them ({@code --add-modules
 * jdk.incubator.vector}) and on plain loops where it does not; the results differ by rounding only. On one machine the result does not depend
 * on the number of threads.
 */
@Export
@Version("1.0.0")
package io.kontor.bundles.kernels;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
