/**
 * Who may do what: keys, accounts and roles. Start with {@link io.kontor.platform.security.Access}.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.platform.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
