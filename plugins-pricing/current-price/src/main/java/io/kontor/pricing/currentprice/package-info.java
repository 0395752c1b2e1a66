/** The baseline of the pricing family. Start with {@link io.kontor.pricing.currentprice.CurrentPrice}. */
package io.kontor.pricing.currentprice;
