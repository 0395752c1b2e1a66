/**
 * The canonical records of one store and the columnar views that training reads. Start with {@link io.kontor.api.data.StoreData}
 * and {@link io.kontor.api.data.Snapshot}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.4.0")
package io.kontor.api.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
