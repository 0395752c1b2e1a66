/** Random walks of three steps. Start with {@link io.kontor.recommend.rp3beta.RandomWalks}. */
package io.kontor.recommend.rp3beta;
