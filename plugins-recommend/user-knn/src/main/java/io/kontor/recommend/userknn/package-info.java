/** Nearest customers. Start with {@link io.kontor.recommend.userknn.UserKnn}. */
package io.kontor.recommend.userknn;
