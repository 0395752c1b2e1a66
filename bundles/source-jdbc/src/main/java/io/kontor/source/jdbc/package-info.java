/** Tables and queries of a database as a data source. Start with {@link io.kontor.source.jdbc.DatabaseSource}. */
package io.kontor.source.jdbc;
