/**
 * Where commerce records come from: files, a database, a shop system's API. Start with {@link io.kontor.api.source.DataSource}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.source;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
