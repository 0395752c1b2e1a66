/** The linear autoencoder EASE. Start with {@link io.kontor.recommend.ease.Ease}. */
package io.kontor.recommend.ease;
