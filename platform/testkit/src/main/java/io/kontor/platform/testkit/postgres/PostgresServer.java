package io.kontor.platform.testkit.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server of the test's own, on a free port of the loopback interface, with its data in a temporary folder. It asks for a
 * password, as real ones do. Safe for use by several threads.
 *
 * <p>PostgreSQL refuses to run as root. When the test does, the server runs as {@code nobody}.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "kontor";
    private static final String PASSWORD = "a-password-for-tests";
    private static final int ATTEMPTS = 3;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Process process;

    /** Starts the shared server when it is first asked for. */
    private static final class Shared {
        private static final PostgresServer SERVER = begin();

        private static PostgresServer begin() {
            try {
                PostgresServer server = start(false);
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-stop"));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PostgresServer(Path programs, Path folder, int port, Process process) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * The server that all tests of this Java process share; it is started by the first call and stopped when the process ends. It does not
     * wait for the disk.
     *
     * @return the running server; not to be closed
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * Starts a server; takes one to three seconds.
     *
     * @param durable whether a commit waits for the disk, as in production; false is faster
     * @return the running server, to be closed
     * @throws IOException when the programs are missing or the server does not come up within 30 seconds
     */
    public static PostgresServer start(boolean durable) throws IOException {
        Path programs = PostgresBinaries.unpacked();
        Path folder = Files.createTempDirectory("kontor-postgres-data-");
        Path secret = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        if (runsAsRoot()) {
            giveToNobody(folder);
            giveToNobody(secret);
        }
        run(List.of(programs.resolve("bin/initdb").toString(), "-D", folder.resolve("data").toString(), "-U", USER, "-A", "scram-sha-256",
            "--pwfile", secret.toString(), "-E", "UTF8", "--locale=C", "--no-sync"), folder);
        IOException failure = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(programs.resolve("bin/postgres").toString(),
                "-D", folder.resolve("data").toString(), "-p", Integer.toString(port), "-h", "127.0.0.1", "-k", ""));
            if (!durable) {
                command.addAll(List.of("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"));
            }
            Process process = launch(command, folder);
            try {
                awaitReady(process);
                return new PostgresServer(programs, folder, port, process);
            } catch (IOException e) {
                failure = e;
                process.destroyForcibly();
            }
        }
        PostgresBinaries.delete(folder);
        throw failure;
    }

    /**
     * Creates an empty database.
     *
     * @return its JDBC URL, without user and password
     */
    public String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, PASSWORD);
            Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("The test's PostgreSQL cannot create the database " + name, e);
        }
        return url(name);
    }

    /**
     * The address of a database on this server.
     *
     * @param database its name
     * @return the JDBC URL, without user and password
     */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /**
     * Who may log in: the owner of all databases.
     *
     * @return the user's name
     */
    public String user() {
        return USER;
    }

    /**
     * The password of {@link #user()}.
     *
     * @return the password
     */
    public String password() {
        return PASSWORD;
    }

    /**
     * The server's main process, for tests that stop, freeze or kill it.
     *
     * @return the process
     */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Stops the server without ceremony and deletes its data. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                run(List.of(programs.resolve("bin/pg_ctl").toString(), "stop", "-D", folder.resolve("data").toString(),
                    "-m", "immediate"), folder);
            }
            PostgresBinaries.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(Process process) throws IOException {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> drain(process, ready), "postgres-log");
        reader.setDaemon(true);
        reader.start();
        try {
            ready.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("PostgreSQL did not come up within 30 seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while PostgreSQL was starting", e);
        }
    }

    /** Reads the server's log to its end, so that the server never waits for a reader. */
    private static void drain(Process process, CompletableFuture<Void> ready) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("database system is ready to accept connections")) {
                    ready.complete(null);
                } else if (!ready.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            said.append(e.getMessage());
        }
        ready.completeExceptionally(new IOException("PostgreSQL ended while starting: " + said));
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process = launch(command, folder);
        String said;
        try (BufferedReader lines = process.inputReader()) {
            said = String.join("\n", lines.lines().toList());
        }
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.get(0) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.get(0), e);
        }
    }

    private static Process launch(List<String> command, Path folder) throws IOException {
        List<String> full = new ArrayList<>(runsAsRoot() ? asNobody() : List.of());
        full.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(full).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static boolean runsAsRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asNobody() throws IOException {
        for (String program : List.of("/usr/bin/setpriv", "/bin/setpriv")) {
            if (Files.isExecutable(Path.of(program))) {
                return List.of(program, "--reuid=nobody", "--regid=" + groupOfNobody(), "--clear-groups", "--");
            }
        }
        for (String program : List.of("/usr/sbin/runuser", "/sbin/runuser", "/usr/bin/runuser")) {
            if (Files.isExecutable(Path.of(program))) {
                return List.of(program, "-u", "nobody", "--");
            }
        }
        throw new IOException("PostgreSQL refuses to run as root, and neither setpriv nor runuser is there: run the tests as another user");
    }

    private static String groupOfNobody() {
        return Files.exists(Path.of("/etc/debian_version")) ? "nogroup" : "nobody";
    }

    private static void giveToNobody(Path path) throws IOException {
        Files.setOwner(path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL at 127.0.0.1:" + port;
    }
}
