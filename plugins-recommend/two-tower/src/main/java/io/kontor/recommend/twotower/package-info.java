/** A tower for customers and one for products. Start with {@link io.kontor.recommend.twotower.TwoTower}. */
package io.kontor.recommend.twotower;
