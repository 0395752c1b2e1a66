/**
 * Why an answer is what it is, in numbers: {@link io.kontor.api.explain.Explanation} says what each feature added to the base value,
 * {@link io.kontor.api.explain.TreeExplainer} finds that for trees. Reasons in words are made from it.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.kontor.api.explain;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
