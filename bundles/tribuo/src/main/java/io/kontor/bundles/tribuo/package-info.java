/** What plugins that learn with Tribuo have in common: trainings that can be watched and stopped. */
@Version("1.0.0")
package io.kontor.bundles.tribuo;

import org.osgi.annotation.versioning.Version;
