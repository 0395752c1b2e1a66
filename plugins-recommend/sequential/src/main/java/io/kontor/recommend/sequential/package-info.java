/** The next product by self-attention. Start with {@link io.kontor.recommend.sequential.Sequential}. */
package io.kontor.recommend.sequential;
