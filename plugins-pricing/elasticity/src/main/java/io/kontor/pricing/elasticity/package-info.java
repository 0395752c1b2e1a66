/** Learns how demand answers to price. Start with {@link io.kontor.pricing.elasticity.PriceElasticity}. */
package io.kontor.pricing.elasticity;
