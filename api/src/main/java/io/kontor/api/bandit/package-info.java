/**
 * Choosing among a few arms (strategies, variants, prices) by what became of earlier choices: {@link io.kontor.api.bandit.LinearBandit} learns
 * while it serves, with the true probability of each choice known; {@link io.kontor.api.bandit.OffPolicy} says from such logged choices what
 * another way to choose would have earned, and how sure that is.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.bandit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
