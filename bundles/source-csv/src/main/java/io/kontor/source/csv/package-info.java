/** A folder of CSV files as a data source. */
package io.kontor.source.csv;
