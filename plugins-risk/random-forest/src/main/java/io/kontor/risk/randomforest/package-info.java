/** Scores transactions by a random forest. Start with {@link io.kontor.risk.randomforest.RandomForest}. */
package io.kontor.risk.randomforest;
