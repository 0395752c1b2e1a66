package io.kontor.platform.launcher.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kontor.platform.launcher.DataFolder;
import io.kontor.platform.launcher.StartFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that gives prepared answers and remembers what it was asked; holds the data folder like the real one. */
final class FakeServer implements AutoCloseable {

    static final String KEY = "the-key-of-the-server";

    private final HttpServer http;
    private final DataFolder folder;
    private final Path home;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new ArrayList<>();

    private record Answer(int status, String body) {
    }

    /** A request as it arrived. */
    record Call(String line, Map<String, List<String>> headers, String body) {
    }

    /** What a command left. */
    record Outcome(int exitCode, String out, String err) {
    }

    FakeServer(Path home) throws IOException, StartFailure {
        this.home = home;
        folder = DataFolder.lock(home.resolve("data"));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.createContext("/api/v1/", this::answer);
        http.start();
        folder.announce("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Prepares an answer; the last one for a request is given for ever. */
    FakeServer when(String request, int status, String body) {
        answers.computeIfAbsent(request, line -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    Outcome run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Commands.run(home, Map.of("KONTOR_API_KEY", KEY), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), args);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Call only(String request) {
        List<Call> found = calls.stream().filter(call -> call.line().equals(request)).toList();
        if (found.size() != 1) {
            throw new AssertionError(request + " was asked " + found.size() + " times; asked were " + calls);
        }
        return found.get(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().substring("/api/v1".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(line, Map.copyOf(exchange.getRequestHeaders()), body));
            Deque<Answer> prepared = answers.getOrDefault(line,
                    new ArrayDeque<>(List.of(new Answer(404, "{\"detail\": \"no " + line + "\"}"))));
            Answer answer = prepared.size() > 1 ? prepared.poll() : prepared.peek();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        folder.close();
    }
}
