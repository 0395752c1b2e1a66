/** Judges transactions by several plugins together. Start with {@link io.kontor.risk.ensemble.RiskEnsemble}. */
package io.kontor.risk.ensemble;
