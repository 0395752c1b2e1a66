package io.kontor.platform.launcher.cli;

/** Shows how far something is: a bar that is written over on a terminal, else a line for every tenth. Used by one thread at a time. */
final class ProgressBar {

    private static final int WIDTH = 30;
    private static final int LINE = 100;

    private final Screen screen;
    private String shown = "";
    private int tenth = -1;

    ProgressBar(Screen screen) {
        this.screen = screen;
    }

    /**
     * Shows a state.
     *
     * @param progress 0 to 1
     * @param message what is being done
     */
    void show(double progress, String message) {
        double bounded = Math.max(0, Math.min(1, progress));
        if (screen.terminal()) {
            overwrite("[%s%s] %3d %%  %s".formatted("#".repeat((int) (bounded * WIDTH)), ".".repeat(WIDTH - (int) (bounded * WIDTH)),
                    (int) (bounded * 100), message));
        } else if ((int) (bounded * 10) > tenth) {
            tenth = (int) (bounded * 10);
            screen.out().println("%3d %%  %s".formatted((int) (bounded * 100), message).stripTrailing());
        }
    }

    /** Writes a line of its own; the bar is shown below it again with the next state. */
    void line(String text) {
        if (!shown.isEmpty()) {
            screen.out().print("\r" + " ".repeat(shown.length()) + "\r");
            shown = "";
        }
        screen.out().println(text);
    }

    /** Ends the line of the bar. */
    void close() {
        if (!shown.isEmpty()) {
            screen.out().println();
            shown = "";
        }
    }

    private void overwrite(String line) {
        String cut = line.length() > LINE ? line.substring(0, LINE) : line;
        if (!cut.equals(shown)) {
            screen.out().print("\r" + cut + " ".repeat(Math.max(0, shown.length() - cut.length())));
            screen.out().flush();
            shown = cut;
        }
    }
}
