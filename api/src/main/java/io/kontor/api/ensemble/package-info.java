/**
 * Models made of models: an ensemble trains other plugins of its family inside its own training and answers with all of them. Start with
 * {@link io.kontor.api.ensemble.Members}, which a plugin gets by a plain {@code @Reference}, and {@link io.kontor.api.ensemble.Cohort}, which
 * trains members; {@link io.kontor.api.ensemble.SimplexWeights} and {@link io.kontor.api.ensemble.SegmentChoice} find out whom to listen to.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.ensemble;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
