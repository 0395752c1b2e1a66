/**
 * The pricing family: how demand answers to price, and price proposals with the trail of what bound them. Start with
 * {@link io.kontor.api.pricing.TrainedDemandModel} and {@link io.kontor.api.pricing.PricePolicy}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.pricing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
