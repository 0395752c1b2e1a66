/** Products by what is said of them, fused with who chose them. Start with {@link io.kontor.recommend.content.ContentRecommender}. */
package io.kontor.recommend.content;
