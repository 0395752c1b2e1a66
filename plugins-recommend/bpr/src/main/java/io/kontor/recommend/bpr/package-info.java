/** Bayesian personalised ranking. Start with {@link io.kontor.recommend.bpr.PairwiseRanking}. */
package io.kontor.recommend.bpr;
