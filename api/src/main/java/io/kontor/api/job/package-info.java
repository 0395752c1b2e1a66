/**
 * Work in the background as a plugin sees it: progress, log and cancel, and tasks by the clock. Start with
 * {@link io.kontor.api.job.JobContext}; a plugin that works by the clock brings a {@link io.kontor.api.job.ScheduledTask}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.job;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
