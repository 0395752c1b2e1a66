/** Judges transactions by the operator's rules alone. Start with {@link io.kontor.risk.rules.OperatorRules}. */
package io.kontor.risk.rules;
