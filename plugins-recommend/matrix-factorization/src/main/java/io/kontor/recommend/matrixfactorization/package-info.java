/** Matrix factorisation of ratings. Start with {@link io.kontor.recommend.matrixfactorization.MatrixFactorization}. */
package io.kontor.recommend.matrixfactorization;
