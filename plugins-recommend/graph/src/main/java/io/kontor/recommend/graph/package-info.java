/** Walks over a graph of products, attributes and customers. Start with {@link io.kontor.recommend.graph.GraphWalks}. */
package io.kontor.recommend.graph;
