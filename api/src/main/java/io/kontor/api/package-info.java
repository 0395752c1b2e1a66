/**
 * What every other package of the API uses: the one exception hierarchy. Start with {@link io.kontor.api.KontorException}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
