/**
 * A real server for tests: start an unpacked distribution as a process and talk to it as a shop would
 * ({@link io.kontor.platform.testkit.server.KontorServer}), and make bundles on the fly
 * ({@link io.kontor.platform.testkit.server.BundleForge}).
 */
package io.kontor.platform.testkit.server;
