/** Item-item nearest neighbours. Start with {@link io.kontor.recommend.itemknn.ItemKnn}. */
package io.kontor.recommend.itemknn;
