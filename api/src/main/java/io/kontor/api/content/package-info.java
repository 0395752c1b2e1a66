/**
 * What is said of products, as recommenders compare it: {@link io.kontor.api.content.Words} are the words, categories, brands and attributes of
 * one product, {@link io.kontor.api.content.Vocabulary} tells how much each of them says, and {@link io.kontor.api.content.Terms} is the sparse
 * vector that comes of it, whose product with another is how alike the two are.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.content;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
