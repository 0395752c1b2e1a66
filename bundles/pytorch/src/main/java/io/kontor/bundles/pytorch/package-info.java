/**
 * Learning by gradients with PyTorch. {@link io.kontor.bundles.pytorch.Torch} loads the library once a process,
 * {@link io.kontor.bundles.pytorch.Descent} learns parameters with it.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.bundles.pytorch;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
