/**
 * Whether models still fit the world: records and answers beside those of the training, outcomes that do not come, quality since. Start with
 * {@link io.kontor.platform.monitoring.Monitoring}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.monitoring;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
