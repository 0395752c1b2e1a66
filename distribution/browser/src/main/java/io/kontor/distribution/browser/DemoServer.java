package io.kontor.distribution.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The demo of an unpacked distribution in a process of its own, with a data folder of its own, until it is closed. */
final class DemoServer implements AutoCloseable {

    private static final String ADDRESS = "Admin UI ";

    private final Process process;
    private final String password = UUID.randomUUID().toString();
    private final CompletableFuture<String> address = new CompletableFuture<>();

    /**
     * Starts it; what it prints is printed on.
     *
     * @param home the unpacked distribution
     * @throws IOException when it cannot be started
     */
    DemoServer(Path home) throws IOException {
        Path folder = Files.createTempDirectory("kontor-pictures");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/kontor").toString(), "demo").redirectErrorStream(true);
        Map<String, String> settings = builder.environment();
        settings.keySet().removeIf(name -> name.startsWith("KONTOR_"));
        settings.putAll(Map.of("KONTOR_PORT", "0", "KONTOR_DATA", folder.resolve("data").toString(), "KONTOR_DEPLOY",
                Files.createDirectory(folder.resolve("deploy")).toString(), "KONTOR_ADMIN_PASSWORD", password));
        process = builder.start();
        Thread reader = new Thread(this::read, "demo-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                if (line.startsWith(ADDRESS)) {
                    address.complete(line.substring(ADDRESS.length(), line.lastIndexOf("/admin/")).strip());
                }
            }
            address.completeExceptionally(new IOException("the demo ended"));
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
    }

    /**
     * Waits until the stores are filled.
     *
     * @return the server's address
     * @throws IOException when it ended before
     */
    String url() throws IOException {
        try {
            return address.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    /**
     * The password of the account admin.
     *
     * @return made for this run
     */
    String password() {
        return password;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
