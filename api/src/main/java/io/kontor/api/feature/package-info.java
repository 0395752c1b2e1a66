/**
 * What models look at, said once for training and serving: a {@link io.kontor.api.feature.FeatureSet} lists typed definitions, each a
 * {@link io.kontor.api.feature.Feature} over the columns of a store's records.
 *
 * <p>Point in time: the features of a row know the row itself and what was known strictly before its time, and nothing else. Rows of the same
 * time see nothing of each other.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.feature;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
