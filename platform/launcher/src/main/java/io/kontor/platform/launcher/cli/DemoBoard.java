package io.kontor.platform.launcher.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows how far several stores are: a line for what is done, one bar for what is not. Safe for use by several threads. */
final class DemoBoard {

    private final ProgressBar bar;
    private final int stores;
    private final Map<String, Double> shares = new TreeMap<>();

    DemoBoard(Screen screen, int stores) {
        this.bar = new ProgressBar(screen);
        this.stores = stores;
    }

    /** Shows which share of a store's work is done. */
    synchronized void show(String store, double share) {
        shares.put(store, share);
        bar.show(shares.values().stream().mapToDouble(Double::doubleValue).sum() / stores, shares.entrySet().stream()
                .map(one -> "%s %.0f %%".formatted(one.getKey(), 100 * one.getValue())).collect(Collectors.joining(", ")));
    }

    /** Tells of something that is done. */
    synchronized void done(String store, String line) {
        bar.line("%-12s %s".formatted(store, line));
    }

    synchronized void close() {
        bar.close();
    }
}
