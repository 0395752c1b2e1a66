/** The baseline of the recommend family. Start with {@link io.kontor.recommend.mostpopular.MostPopular}. */
package io.kontor.recommend.mostpopular;
