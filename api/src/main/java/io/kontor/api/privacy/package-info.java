/**
 * What plugins owe to persons. Start with {@link io.kontor.api.privacy.PersonalDataHandler}, by which a plugin takes part when a person asks for
 * a copy of what is known or wants to be forgotten, and {@link io.kontor.api.privacy.Purpose}, for which persons are asked.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.privacy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
