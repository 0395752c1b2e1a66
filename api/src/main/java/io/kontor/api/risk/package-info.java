/**
 * The risk family: how likely a transaction is fraud, and why. Start with {@link io.kontor.api.risk.RiskScorer} and
 * {@link io.kontor.api.risk.TrainedRiskScorer}; {@link io.kontor.api.risk.RecentTransactions} links transactions alike in training and
 * serving, {@link io.kontor.api.risk.RiskRules} are the operator's own.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.risk;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
