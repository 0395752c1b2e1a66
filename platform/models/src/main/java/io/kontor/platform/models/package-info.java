/**
 * Training runs, the registry of models and the live ones. Start with {@link io.kontor.platform.models.ModelRegistry} and
 * {@link io.kontor.platform.models.LiveModels}; which of a plugin's models serve, and how others come to, is a
 * {@link io.kontor.platform.models.Release}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.platform.models;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
