/** Forecasts by exponential smoothing. Start with {@link io.kontor.inventory.exponentialsmoothing.ExponentialSmoothing}. */
package io.kontor.inventory.exponentialsmoothing;
