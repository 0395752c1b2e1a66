/**
 * Learning by gradients with PyTorch, for plugins to embed. {@link io.kontor.bundles.descent.Descent} learns parameters,
 * {@link io.kontor.bundles.descent.Torch} loads the library once a process.
 */
package io.kontor.bundles.descent;
