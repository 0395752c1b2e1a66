package io.kontor.platform.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server in this process, from the lock on the data folder to the clean end. */
public final class Server {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Settings settings;
    private final String console;
    private final Runnable whenReady;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile boolean signalled;
    private volatile Closeable shell;

    /**
     * A server that was not started yet.
     *
     * @param settings of this installation
     * @param console least level of the log that is shown on the console too, such as {@code INFO}
     * @param whenReady is run once when requests are answered; what it throws ends the server
     */
    public Server(Settings settings, String console, Runnable whenReady) {
        this.settings = settings;
        this.console = console;
        this.whenReady = whenReady;
    }

    /**
     * Starts the server and waits until it ends. SIGTERM ends the process with exit code 0 while this waits.
     *
     * @throws StartFailure when it cannot start
     */
    public void run() throws StartFailure {
        DataFolder folder = DataFolder.lock(settings.data());
        Logging logging = Logging.begin(settings, console);
        try {
            ListenAddress.check(settings.host(), settings.port());
            createDeployFolder();
            SystemBundles bundles = SystemBundles.in(settings.home().resolve("system"));
            logging.await();
            serve(folder, bundles, logging);
        } catch (StartFailure e) {
            if (signalled) {
                return;
            }
            logging.await();
            LoggerFactory.getLogger(Logging.START).error("Kontor cannot start: {}", e.getMessage(), e.getCause());
            throw e;
        } catch (RuntimeException e) {
            // What was being done when the signal came fails because the server stops, not the other way round.
            if (!signalled) {
                throw e;
            }
        }
    }

    private void serve(DataFolder folder, SystemBundles bundles, Logging logging) throws StartFailure {
        Container container = new Container(FrameworkProperties.of(settings, bundles.highestLevel()));
        Thread hook = new Thread(() -> endOnSignal(container, folder, logging), "kontor-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            container.start(bundles);
            String url = container.awaitReady();
            shell = openConsole(container);
            folder.announce(url);
            log().info("Kontor is ready at {} after {} ms", url, sinceProcessStart().toMillis());
            System.out.println("Kontor is ready at " + url);
            whenReady.run();
            container.awaitStop();
        } catch (IOException e) {
            throw StartFailure.failed("The data folder " + settings.data() + " cannot be written: " + e.getMessage() + ".", e);
        } finally {
            if (ending.compareAndSet(false, true)) {
                end(container, folder);
            }
        }
    }

    private void endOnSignal(Container container, DataFolder folder, Logging logging) {
        if (ending.compareAndSet(false, true)) {
            signalled = true;
            log().info("Kontor is stopping");
            end(container, folder);
            log().info("Kontor has stopped");
            logging.close();
            // The exit code of a JVM ended by a signal is 128 + its number; a clean stop is a success.
            Runtime.getRuntime().halt(0);
        }
    }

    private void end(Container container, DataFolder folder) {
        if (!container.stop(STOP_LIMIT)) {
            log().warn("Not every bundle stopped within {} s", STOP_LIMIT.toSeconds());
        }
        try {
            if (shell != null) {
                shell.close();
            }
            folder.close();
        } catch (IOException e) {
            log().warn("The files of this process in the data folder could not be removed", e);
        }
    }

    /** A server without its console is better than none. */
    private Closeable openConsole(Container container) {
        try {
            return Console.open(container, settings.home().resolve("console"), DataFolder.consoleSocket(settings.data()));
        } catch (IOException | RuntimeException e) {
            log().warn("There is no console: {}", e.getMessage());
            return null;
        }
    }

    private void createDeployFolder() throws StartFailure {
        try {
            Files.createDirectories(settings.deploy());
        } catch (IOException e) {
            throw StartFailure.failed("The deploy folder " + settings.deploy() + " cannot be created: " + e.getMessage() + ".", e);
        }
    }

    private static Duration sinceProcessStart() {
        return ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, Instant.now())).orElse(Duration.ZERO);
    }

    /** Lets nothing more be written to the console, for a process whose terminal may go away. */
    public static void leaveConsole() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    /** Asked late, as the log is set up while the server begins. */
    private static Logger log() {
        return LoggerFactory.getLogger(Server.class);
    }
}
