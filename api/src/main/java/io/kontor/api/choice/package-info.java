/**
 * What customers chose, as recommenders learn from it and answer by it. {@link io.kontor.api.choice.Choices} reads a snapshot into a sparse
 * matrix, {@link io.kontor.api.choice.ChoiceHoldout} hides a part of it to compare settings while a model is trained,
 * {@link io.kontor.api.choice.Trials} compares them, {@link io.kontor.api.choice.ProductPairs} compares products,
 * {@link io.kontor.api.choice.Basket} is what a request knows of its customer, {@link io.kontor.api.choice.Neighbours} is a model of which
 * product speaks for which, {@link io.kontor.api.choice.EvidenceRanking} answers with any model whose scores are sums over the basket, and
 * {@link io.kontor.api.choice.LikelyRanking} with one that says how likely products are.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("2.0.0")
package io.kontor.api.choice;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
