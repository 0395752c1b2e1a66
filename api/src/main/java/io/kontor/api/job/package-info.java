/**
 * Work in the background as a plugin sees it: progress, log and cancel. Start with {@link io.kontor.api.job.JobContext}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
