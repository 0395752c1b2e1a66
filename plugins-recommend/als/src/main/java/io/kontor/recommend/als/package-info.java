/** Implicit alternating least squares. Start with {@link io.kontor.recommend.als.ImplicitAls}. */
package io.kontor.recommend.als;
