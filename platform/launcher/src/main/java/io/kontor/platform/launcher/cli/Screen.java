package io.kontor.platform.launcher.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err what went wrong
 * @param terminal true where a line can be written over, false in a pipe or file
 */
record Screen(PrintStream out, PrintStream err, boolean terminal) {
}
