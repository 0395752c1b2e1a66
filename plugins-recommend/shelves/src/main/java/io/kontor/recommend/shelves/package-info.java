/**
 * Lists that are not personal, each a plugin of its own. Start with {@link io.kontor.recommend.shelves.Board}, which ranks products by what
 * is counted, and {@link io.kontor.recommend.shelves.Pairing}, which ranks what goes with a product or a cart.
 */
package io.kontor.recommend.shelves;
