/**
 * A framework for tests inside their own Java process: start with {@link io.kontor.platform.testkit.framework.ComponentFramework}.
 */
package io.kontor.platform.testkit.framework;
