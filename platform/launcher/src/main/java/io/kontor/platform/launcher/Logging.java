package io.kontor.platform.launcher;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The one log of the process, outside the framework so that a start that fails in the framework is logged too. Bundles see it as the
 * package {@code org.slf4j} of the system bundle.
 */
final class Logging implements AutoCloseable {

    /** Name of the logger that writes to the file only, for what the console tells in one sentence or not at all. */
    static final String START = "kontor.start";

    private final Thread starting;

    private Logging(Thread starting) {
        this.starting = starting;
    }

    /**
     * Begins to set up the log on a thread of its own, as reading the configuration takes as long as creating the framework.
     *
     * @param settings where {@code etc/logback.xml} and the data folder are
     * @param console least level shown on the console, such as {@code INFO}
     */
    static Logging begin(Settings settings, String console) {
        Path configuration = settings.home().resolve("etc").resolve("logback.xml");
        System.setProperty("logback.configurationFile", configuration.toString());
        System.setProperty("kontor.logs", settings.data().resolve("logs").toString());
        System.setProperty("kontor.console", console);
        Thread thread = new Thread(Logging::initialise, "kontor-logging");
        thread.start();
        return new Logging(thread);
    }

    void await() {
        try {
            starting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    private static void initialise() {
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
