/** What every model plugin must fulfil, as tests to be inherited. */
package io.kontor.platform.testkit.model;
