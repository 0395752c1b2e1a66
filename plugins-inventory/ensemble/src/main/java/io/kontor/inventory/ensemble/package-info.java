/** Forecasts by several plugins together. Start with {@link io.kontor.inventory.ensemble.ForecastEnsemble}. */
package io.kontor.inventory.ensemble;
