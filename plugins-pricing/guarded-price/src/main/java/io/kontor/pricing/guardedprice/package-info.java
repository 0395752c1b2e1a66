/** Proposes prices within guardrails. Start with {@link io.kontor.pricing.guardedprice.GuardedPrice}. */
package io.kontor.pricing.guardedprice;
