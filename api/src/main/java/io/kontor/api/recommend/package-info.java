/**
 * The recommend family: which products to show to whom. Start with {@link io.kontor.api.recommend.TrainedRecommender} or, for plugins
 * that learn nothing, {@link io.kontor.api.recommend.Recommender}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.recommend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
