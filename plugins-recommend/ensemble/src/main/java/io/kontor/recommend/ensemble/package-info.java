/** Recommends by several plugins together. Start with {@link io.kontor.recommend.ensemble.RankingEnsemble}. */
package io.kontor.recommend.ensemble;
