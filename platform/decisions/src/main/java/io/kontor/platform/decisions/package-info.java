/**
 * Serving: which plugin is asked, the guard around it, and the fallback. Start with {@link io.kontor.platform.decisions.Answer} and
 * {@link io.kontor.platform.decisions.RecommendationDesk}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.decisions;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
