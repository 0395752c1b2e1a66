/** A web API that answers with pages of JSON as a data source. Start with {@link io.kontor.source.http.WebSource}. */
package io.kontor.source.http;
