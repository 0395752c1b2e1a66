/**
 * The inventory family: demand forecasts with quantiles, and orders to suppliers. Start with
 * {@link io.kontor.api.inventory.Forecaster}, {@link io.kontor.api.inventory.TrainedForecaster} and
 * {@link io.kontor.api.inventory.ReplenishmentPolicy}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.inventory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
