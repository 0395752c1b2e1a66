/**
 * The shop that a plugin instance works for. Start with {@link io.kontor.api.store.Store}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
