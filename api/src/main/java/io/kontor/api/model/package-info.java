/**
 * Training, storing and judging what a plugin learned. Start with {@link io.kontor.api.model.Trainer}; the platform's side of a run is
 * {@link io.kontor.api.model.Training}, its outcome {@link io.kontor.api.model.Evaluation} and {@link io.kontor.api.model.Provenance}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.2.0")
package io.kontor.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
