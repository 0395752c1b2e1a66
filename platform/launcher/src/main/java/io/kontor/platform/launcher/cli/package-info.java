/**
 * The commands of {@code bin/kontor}. Those that change or show something are clients of the REST API; {@code run}, {@code start},
 * {@code stop} and {@code status} are about the process. Start with {@link io.kontor.platform.launcher.cli.Commands}.
 */
package io.kontor.platform.launcher.cli;
