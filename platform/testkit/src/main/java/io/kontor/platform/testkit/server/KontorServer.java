package io.kontor.platform.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Kontor server in a process of its own, started from an unpacked distribution by {@code bin/kontor run} on a free port. Closing it stops
 * it as an operator would; {@link #kill()} stops it as a power cut would. For one test at a time; its HTTP methods are safe for many threads.
 */
public final class KontorServer implements AutoCloseable {

    /** The API key with the role admin that every server of this class has. */
    public static final String ADMIN_KEY = "test-key-0123456789abcdef";

    private static final String SHIPPED = "-Xmx640m -XX:+UseSerialGC";

    /** The environment of a server with the distribution's own options of Java, for what computes for long or with vectors. */
    public static final Map<String, String> AS_SHIPPED = Map.of("KONTOR_JAVA_OPTS", "");

    /** The environment of a server whose plugins may take their time, lest a busy machine makes answers late. */
    public static final Map<String, String> PATIENT = Map.of("KONTOR_JAVA_OPTS", SHIPPED + " -Dkontor.decision.deadline=5000");

    private static final String READY = "Kontor is ready at ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Thread reader;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10)).build();

    /**
     * What a server answered.
     *
     * @param status the HTTP status
     * @param body as text
     * @param raw with headers
     */
    public record Answer(int status, String body, HttpResponse<byte[]> raw) {

        /**
         * The body as JSON.
         *
         * @return the tree
         */
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + body, e);
            }
        }

        /**
         * Demands a status.
         *
         * @param expected the status
         * @return this answer
         */
        public Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("expected status " + expected + " but got " + status + ": " + body);
            }
            return this;
        }
    }

    private KontorServer(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "server-output");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /**
     * The environment of a server with a further option of Java, beside those of all servers whose environment names none: these come from
     * the system property {@code kontor.java}, else from the distribution.
     *
     * @param option the option
     * @return the environment
     */
    public static Map<String, String> java(String option) {
        return Map.of("KONTOR_JAVA_OPTS", System.getProperty("kontor.java", SHIPPED) + " " + option);
    }

    /**
     * The unpacked distribution that the build made, from the system property {@code kontor.home}.
     *
     * @return its folder
     */
    public static Path home() {
        String home = System.getProperty("kontor.home");
        if (home == null) {
            throw new IllegalStateException("set the system property kontor.home to an unpacked distribution");
        }
        return Path.of(home).toAbsolutePath();
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param data its data folder; the deploy folder lies beside it
     * @param environment further settings, for example {@code KONTOR_DB_URL}
     * @return the running server
     * @throws IOException when the process cannot be started or ends before it is ready
     */
    public static KontorServer start(Path data, Map<String, String> environment) throws IOException {
        KontorServer server = launch(data, environment);
        try {
            server.ready.get(120, TimeUnit.SECONDS);
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.kill();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            server.kill();
            throw new IOException("the server did not become ready:\n" + String.join("\n", server.output()), e);
        }
    }

    /**
     * Starts a server without waiting.
     *
     * @param data its data folder; the deploy folder lies beside it
     * @param environment further settings
     * @return the starting server
     * @throws IOException when the process cannot be started
     */
    public static KontorServer launch(Path data, Map<String, String> environment) throws IOException {
        return launch(data, environment, "run");
    }

    /**
     * Starts a server by another command than {@code run}, without waiting.
     *
     * @param data its data folder; the deploy folder lies beside it
     * @param environment further settings
     * @param command the command and its arguments
     * @return the starting server
     * @throws IOException when the process cannot be started
     */
    public static KontorServer launch(Path data, Map<String, String> environment, String... command) throws IOException {
        return launchOf(home(), data, environment, command);
    }

    /**
     * Starts a server of another distribution than {@link #home}, without waiting.
     *
     * @param home the unpacked distribution
     * @param data its data folder; the deploy folder lies beside it
     * @param environment further settings
     * @param command the command and its arguments
     * @return the starting server
     * @throws IOException when the process cannot be started
     */
    public static KontorServer launchOf(Path home, Path data, Map<String, String> environment, String... command) throws IOException {
        Files.createDirectories(data);
        Path deploy = data.resolveSibling(data.getFileName() + "-deploy");
        Files.createDirectories(deploy);
        List<String> line = new ArrayList<>(List.of(home.resolve("bin/kontor").toString()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        Map<String, String> settings = builder.environment();
        settings.keySet().removeIf(name -> name.startsWith("KONTOR_"));
        settings.putAll(Map.of("KONTOR_HOST", "127.0.0.1", "KONTOR_PORT", "0", "KONTOR_DATA", data.toString(), "KONTOR_DEPLOY",
                deploy.toString(), "KONTOR_API_KEY", ADMIN_KEY, "JAVA_HOME", System.getProperty("java.home"), "KONTOR_JAVA_OPTS",
                System.getProperty("kontor.java", "")));
        settings.putAll(environment);
        return new KontorServer(builder.start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.startsWith(READY)) {
                    ready.complete(line.substring(READY.length()).strip());
                }
            }
        } catch (IOException e) {
            output.add("(output broke off: " + e.getMessage() + ")");
        }
        ready.completeExceptionally(new IOException("the process ended"));
    }

    /**
     * Everything the process printed so far.
     *
     * @return the lines
     */
    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    /**
     * Waits for a line of the output.
     *
     * @param begin how the line begins
     * @param patience how long at most; the end of the process ends the wait too
     * @return the line
     */
    public String line(String begin, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean alive = true;
        while (alive && System.nanoTime() < end) {
            alive = reader.isAlive();
            for (String line : output()) {
                if (line.startsWith(begin)) {
                    return line;
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("no line began with \"" + begin + "\":\n" + String.join("\n", output()));
    }

    /**
     * The process.
     *
     * @return the running or ended process
     */
    public Process process() {
        return process;
    }

    /**
     * The server's address.
     *
     * @return for example {@code http://127.0.0.1:41234}
     */
    public String url() {
        return ready.join();
    }

    /**
     * Sends a request with the admin key.
     *
     * @param method the HTTP method
     * @param path below {@code /api/v1}, beginning with a slash
     * @param body the body; null for none
     * @param contentType its type; null for none
     * @return the answer
     */
    public Answer send(String method, String path, byte[] body, String contentType) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + ADMIN_KEY);
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
        return send(method, path, body, headers);
    }

    /**
     * Sends a request with headers of one's own.
     *
     * @param method the HTTP method
     * @param path below {@code /api/v1}, beginning with a slash
     * @param body the body; null for none
     * @param headers all headers
     * @return the answer
     */
    public Answer send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + "/api/v1" + path)).timeout(Duration.ofSeconds(120))
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8), response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Gets.
     *
     * @param path below {@code /api/v1}
     * @return the answer
     */
    public Answer get(String path) {
        return send("GET", path, null, (String) null);
    }

    /**
     * Sends JSON.
     *
     * @param method the HTTP method
     * @param path below {@code /api/v1}
     * @param json the body
     * @return the answer
     */
    public Answer json(String method, String path, String json) {
        return send(method, path, json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /**
     * Imports CSV and waits for the end.
     *
     * @param store the store's id
     * @param entity which records
     * @param csv the file's text
     * @return the job's result
     */
    public JsonNode importCsv(String store, String entity, String csv) {
        Answer answer = send("POST", "/stores/" + store + "/imports/" + entity, csv.getBytes(StandardCharsets.UTF_8), "text/csv");
        return job(answer.expect(202).json().get("job").asText(), Duration.ofMinutes(5)).get("result");
    }

    /**
     * Waits for the success of a job.
     *
     * @param id its id
     * @param patience how long at most
     * @return the job
     */
    public JsonNode job(String id, Duration patience) {
        JsonNode job = await(id, patience);
        if (!"SUCCEEDED".equals(job.get("state").asText())) {
            throw new AssertionError("the job did not succeed: " + job);
        }
        return job;
    }

    /**
     * Waits for the end of a job, good or bad.
     *
     * @param id its id
     * @param patience how long at most
     * @return the job
     */
    public JsonNode await(String id, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            JsonNode job = get("/jobs/" + id).expect(200).json();
            if (List.of("SUCCEEDED", "FAILED", "CANCELLED").contains(job.get("state").asText())) {
                return job;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        throw new AssertionError("the job " + id + " did not end in " + patience);
    }

    /** Kills the process at once, without a chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd(30);
    }

    @Override
    public void close() {
        process.destroy();
        if (!waitForEnd(30)) {
            kill();
            throw new IllegalStateException("the server did not stop within 30 s");
        }
    }

    private boolean waitForEnd(int seconds) {
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            reader.join(5_000);
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
