/** Forecasts what was sold one season ago. Start with {@link io.kontor.inventory.seasonalnaive.SeasonalNaive}. */
package io.kontor.inventory.seasonalnaive;
