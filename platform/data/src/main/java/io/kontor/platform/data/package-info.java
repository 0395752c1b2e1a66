/**
 * Records in and out: imports, events, quarantine, and the data of a store for training and serving. Start with
 * {@link io.kontor.platform.data.Imports}, {@link io.kontor.platform.data.Uploads}, {@link io.kontor.platform.data.Events},
 * {@link io.kontor.platform.data.Transactions} and {@link io.kontor.platform.data.DataAccess}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.data;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
