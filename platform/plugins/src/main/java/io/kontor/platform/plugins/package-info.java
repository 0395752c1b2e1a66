/**
 * Bundles and the plugins in them: plan, apply, roll back, catalogue, and why something does not run. Start with
 * {@link io.kontor.platform.plugins.BundleDeployer} and {@link io.kontor.platform.plugins.PluginCatalogue}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.plugins;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
