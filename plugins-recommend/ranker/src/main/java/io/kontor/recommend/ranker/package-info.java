/** Ranks candidates of other recommenders. Start with {@link io.kontor.recommend.ranker.Ranker}. */
package io.kontor.recommend.ranker;
