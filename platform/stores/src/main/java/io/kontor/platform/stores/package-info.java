/**
 * Stores, and which plugins are enabled for them. Start with {@link io.kontor.platform.stores.Stores},
 * {@link io.kontor.platform.stores.Activations} and {@link io.kontor.platform.stores.ActivePlugins}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.stores;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
