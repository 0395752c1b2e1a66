/** Nearest neighbours among sessions. Start with {@link io.kontor.recommend.sessionknn.SessionKnn}. */
package io.kontor.recommend.sessionknn;
