/**
 * Measures of how good answers are, as the field defines them, over primitive arrays: {@link io.kontor.api.metric.BinaryScores} for yes or
 * no with a probability, {@link io.kontor.api.metric.ErrorMetrics} for numbers and quantiles, {@link io.kontor.api.metric.RankingMetrics} and
 * {@link io.kontor.api.metric.Exposure} for lists, {@link io.kontor.api.metric.Bootstrap} for how sure a measure is and whether two models
 * differ; {@link io.kontor.api.metric.PopulationStability}, {@link io.kontor.api.metric.KolmogorovSmirnov} and
 * {@link io.kontor.api.metric.ChiSquare} for whether data have changed, {@link io.kontor.api.metric.MultipleTests} where many are looked at;
 * {@link io.kontor.api.metric.Proportion} and {@link io.kontor.api.metric.AlwaysValid} for experiments, {@link io.kontor.api.metric.Normal}.
 *
 * <p>Nothing here keeps or changes an array that it is given, unless it says so; everything is safe for use by several threads. Where a
 * measure is undefined (no cases, one class only, nothing to divide by) the value is NaN, which {@link io.kontor.api.metric.Statistic#mean}
 * leaves out. Weights are at least 0 and finite; a null in their place means that all cases weigh 1.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.2.0")
package io.kontor.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
