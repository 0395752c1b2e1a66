/**
 * Work in the background with progress, log, cancel and history. Start with {@link io.kontor.platform.jobs.Jobs}; a kind of work is a
 * {@link io.kontor.platform.jobs.JobHandler}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.jobs;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
