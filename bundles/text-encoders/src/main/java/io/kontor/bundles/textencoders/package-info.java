/**
 * Gives texts a place in a space of meanings by small networks that run on this server. Start with
 * {@link io.kontor.bundles.textencoders.SentenceEncoder}.
 */
package io.kontor.bundles.textencoders;
