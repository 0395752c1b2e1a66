package io.kontor.platform.launcher.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows how far several stores are: a line for what is done, one bar for what is not. Safe for use by several threads. */
final class DemoBoard {

    private final ProgressBar bar;
    private final int stores;
    private final Map<String, Double> shares = new TreeMap<>();
    private final Map<String, String> doing = new TreeMap<>();

    DemoBoard(Screen screen, int stores) {
        this.bar = new ProgressBar(screen);
        this.stores = stores;
    }

    /** Shows what is being done for a store, and which share of all its work is done. */
    synchronized void show(String store, double share, String message) {
        shares.put(store, share);
        doing.put(store, message);
        bar.show(shares.values().stream().mapToDouble(Double::doubleValue).sum() / stores,
                doing.entrySet().stream().map(one -> one.getKey() + ": " + one.getValue()).collect(Collectors.joining(", ")));
    }

    /** Tells of something that is done. */
    synchronized void done(String store, String line) {
        bar.line("%-12s %s".formatted(store, line));
    }

    synchronized void close() {
        bar.close();
    }
}
