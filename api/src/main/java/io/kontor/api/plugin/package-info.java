/**
 * How a component declares itself a plugin that operators enable per store. Start with {@link io.kontor.api.plugin.Plugin}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
