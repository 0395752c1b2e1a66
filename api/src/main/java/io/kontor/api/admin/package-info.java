/**
 * Pages that a plugin contributes to the admin UI. Start with {@link io.kontor.api.admin.AdminPage}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.2.0")
package io.kontor.api.admin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
