/** A logistic regression over the features of transactions. Start with {@link io.kontor.risk.logisticregression.LogisticRegression}. */
package io.kontor.risk.logisticregression;
