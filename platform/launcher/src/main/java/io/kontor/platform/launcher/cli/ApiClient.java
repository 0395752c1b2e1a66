package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Talks to a running server. What the server refuses comes as {@link CommandFailure}, in its own words. Used by one thread. */
final class ApiClient {

    private static final String JSON = "application/json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String key;

    /**
     * A client.
     *
     * @param base the server's address, without a path
     * @param key the API key
     */
    ApiClient(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Joins names to a path, each encoded. */
    static String path(String... names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            path.append('/').append(encoded(name));
        }
        return path.toString();
    }

    /** A name as part of a path or query. */
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The server's address, without a path. */
    String address() {
        return base.toString();
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode delete(String path) {
        return send(request(path).DELETE());
    }

    JsonNode send(String method, String path, Object body) {
        try {
            byte[] json = mapper.writeValueAsBytes(body);
            return send(request(path).header("Content-Type", JSON).method(method, BodyPublishers.ofByteArray(json)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Sends a file, streamed.
     *
     * @param encoding the Content-Encoding; empty for none
     * @param sent told how many bytes have been read so far
     */
    JsonNode upload(String path, Path file, String type, String encoding, LongConsumer sent) {
        BodyPublisher body = BodyPublishers.ofInputStream(() -> open(file, sent));
        HttpRequest.Builder request = request(path).header("Content-Type", type).POST(body);
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        return send(request);
    }

    /** Sends records as text. */
    JsonNode upload(String path, String text, String type) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(text)));
    }

    /** All items of a list, page after page. */
    List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        while (next != null) {
            JsonNode page = get(next);
            page.path("items").forEach(items::add);
            next = page.hasNonNull("next")
                    ? path + (path.contains("?") ? "&" : "?") + "cursor=" + encoded(page.path("next").asText()) : null;
        }
        return items;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/v1" + path)).header("Authorization", "Bearer " + key)
                .header("Accept", JSON + ", application/problem+json");
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            JsonNode body = response.body().length == 0 ? MissingNode.getInstance() : mapper.readTree(response.body());
            if (response.statusCode() >= 400) {
                throw refusal(response.statusCode(), body);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new CommandFailure("What answers at " + base + " is not Kontor.");
        } catch (IOException e) {
            throw new CommandFailure("Kontor does not answer at " + base + (e.getMessage() == null ? "." : ": " + e.getMessage() + "."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("The command was interrupted.");
        }
    }

    private static CommandFailure refusal(int status, JsonNode problem) {
        List<String> details = new ArrayList<>();
        problem.path("errors").forEach(error -> details.add(error.path("field").asText() + ": " + error.path("message").asText()));
        String words = problem.path("detail").asText(problem.path("title").asText("The server answered " + status));
        if (details.size() == 1 && words.equals(details.get(0))) {
            details.clear();
        }
        return new CommandFailure(words, details);
    }

    private static InputStream open(Path file, LongConsumer sent) {
        try {
            return new CountingInputStream(Files.newInputStream(file), sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
