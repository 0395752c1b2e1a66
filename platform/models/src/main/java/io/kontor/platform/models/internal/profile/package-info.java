/**
 * Histograms of what models learn from: {@link io.kontor.platform.models.internal.profile.Profiling} takes them at a training and
 * {@link io.kontor.platform.models.internal.profile.Counting} counts later records in the same bins.
 */
package io.kontor.platform.models.internal.profile;
