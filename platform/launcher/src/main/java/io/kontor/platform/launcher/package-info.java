/**
 * Starts Kontor: reads the settings, takes the data folder, starts the OSGi framework with the bundles of {@code system/} and waits until
 * they are ready. The only code that runs outside a bundle. Start with {@link io.kontor.platform.launcher.Server}.
 *
 * <p>Bundles talk to it by two service properties: {@code kontor.ready}, the base URL of the server once it answers, and
 * {@code kontor.failed}, one plain sentence when a bundle finds after its start that Kontor cannot run.
 */
package io.kontor.platform.launcher;
