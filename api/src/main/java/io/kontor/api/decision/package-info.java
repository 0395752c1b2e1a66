/**
 * What all served answers have in common: reasons, and proposals that a person approves. Start with
 * {@link io.kontor.api.decision.Reason} and {@link io.kontor.api.decision.Proposal}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.1.0")
package io.kontor.api.decision;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
