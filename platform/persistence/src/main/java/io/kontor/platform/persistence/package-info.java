/**
 * The database of the platform: pool, transactions, entities, migrations and bulk writing. Start with
 * {@link io.kontor.platform.persistence.Database}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.persistence;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
