package io.kontor.source.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calls an API for one run: keeps to a rate, tries again what may pass, follows redirects hop by hop under the guard, and takes answers of
 * bounded size and time only. For one thread.
 */
final class ApiClient {

    /** Longest pause that an API may ask for. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_HOPS = 5;
    private static final int GLANCE_MILLIS = 200;
    private static final int MOST_OF_ANSWER = 200;

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(15)).build();
    private final AddressGuard guard;
    private final Limits limits;
    private final JobContext job;
    private final Waiting waiting;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private long nextNanos = System.nanoTime();

    /**
     * How the API may be called.
     *
     * @param perSecond requests a second
     * @param timeout for one answer
     * @param retries how often a request is tried again
     * @param mostBytes of one answer
     */
    record Limits(double perSecond, Duration timeout, int retries, int mostBytes) {
    }

    /** Waits; for tests, which do not. */
    @FunctionalInterface
    interface Waiting {

        void pause(Duration time) throws InterruptedException;
    }

    /**
     * An answer.
     *
     * @param json its body
     * @param headers its headers
     * @param address where it came from in the end
     */
    record Answer(JsonNode json, HttpHeaders headers, URI address) {
    }

    ApiClient(AddressGuard guard, Limits limits, JobContext job, Waiting waiting) {
        this.guard = guard;
        this.limits = limits;
        this.job = job;
        this.waiting = waiting;
    }

    /** From now on sends a header, to the host of the first address only. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /**
     * Asks.
     *
     * @param address absolute
     * @param body JSON to be posted; null to get
     * @return what was answered with a status of success
     * @throws KontorException of kind DATA when the API refuses or answers with something else than JSON, of kind CAPACITY when it cannot be
     *         reached or keeps failing, of kind CONFIGURATION when the address may not be called
     */
    Answer ask(URI address, String body) throws InterruptedException {
        String trouble = "";
        for (int attempt = 0; attempt <= limits.retries; attempt++) {
            Duration pause = Duration.ofSeconds(1L << Math.min(attempt, 6)).plusMillis(ThreadLocalRandom.current().nextInt(500));
            try {
                HttpResponse<byte[]> answer = follow(address, body);
                int status = answer.statusCode();
                if (status >= 200 && status < 300) {
                    return new Answer(JSON.readTree(answer.body()), answer.headers(), answer.uri());
                }
                trouble = "answered with status " + status + shown(answer.body());
                if (!PASSING.contains(status)) {
                    throw new KontorException(KontorException.Kind.DATA, "The API " + trouble + ".");
                }
                pause = answer.headers().firstValue("Retry-After").flatMap(ApiClient::retryAfter).orElse(pause);
            } catch (LimitedBody.TooLargeException e) {
                throw new KontorException(KontorException.Kind.DATA, "The API answered with more than " + (limits.mostBytes >> 20)
                        + " MB; ask for smaller pages.", e);
            } catch (JsonProcessingException e) {
                throw new KontorException(KontorException.Kind.DATA, "The API answered with something that is not JSON.", e);
            } catch (UnknownHostException e) {
                trouble = "cannot be found: there is no host " + address.getHost();
            } catch (ConnectException e) {
                trouble = "cannot be reached at " + address.getAuthority();
            } catch (TimeoutException e) {
                trouble = "did not answer within " + limits.timeout.toSeconds() + " seconds";
            } catch (IOException e) {
                trouble = "broke the connection off";
            }
            if (attempt < limits.retries) {
                job.log("The API " + trouble + "; trying again in " + pause.toSeconds() + " s");
                wait(pause);
            }
        }
        throw new KontorException(KontorException.Kind.CAPACITY, "The API " + trouble + ", after " + (limits.retries + 1) + " attempts.");
    }

    /** The beginning of an answer that says what is wrong, as APIs do in short texts. */
    private static String shown(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MOST_OF_ANSWER), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ").strip();
        return text.isEmpty() || text.startsWith("<") ? "" : " and \"" + text + "\"";
    }

    private static Optional<Duration> retryAfter(String value) {
        Duration asked;
        try {
            asked = Duration.ofSeconds(Long.parseLong(value.strip()));
        } catch (NumberFormatException notSeconds) {
            try {
                asked = Duration.between(Instant.now(), ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return Optional.of(asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked);
    }

    private HttpResponse<byte[]> follow(URI first, String body) throws IOException, InterruptedException, TimeoutException {
        URI address = first;
        String sent = body;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            HttpResponse<byte[]> answer = send(address, sent, sameHost(first, address));
            Optional<String> location = answer.headers().firstValue("Location");
            if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            address = resolve(address, location.get());
            if (first.getScheme().equalsIgnoreCase("https") && !String.valueOf(address.getScheme()).equalsIgnoreCase("https")) {
                throw new KontorException(KontorException.Kind.DATA, "The API sends us on from https to an unencrypted address.");
            }
            sent = answer.statusCode() == 307 || answer.statusCode() == 308 ? sent : null;
        }
        throw new KontorException(KontorException.Kind.DATA, "The API sends us on more than " + MOST_HOPS + " times.");
    }

    /** An address that an answer names, made absolute. */
    static URI resolve(URI base, String reference) {
        try {
            return base.resolve(reference);
        } catch (IllegalArgumentException e) {
            throw new KontorException(KontorException.Kind.DATA, "The API sends us to something that is no address.", e);
        }
    }

    /** Whether two addresses are of one host, port and scheme, so that secrets may go to both. */
    static boolean sameHost(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                && String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
    }

    private HttpResponse<byte[]> send(URI address, String body, boolean secrets) throws IOException, InterruptedException, TimeoutException {
        keepToRate();
        guard.check(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(limits.timeout).header("Accept", "application/json")
                .header("User-Agent", "Kontor");
        if (secrets) {
            headers.forEach(request::header);
        }
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(), info -> new LimitedBody(limits.mostBytes));
        long end = System.nanoTime() + limits.timeout.toNanos();
        try {
            while (true) {
                try {
                    return answer.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    job.checkCancelled();
                    if (System.nanoTime() > end) {
                        throw e;
                    }
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
                throw new TimeoutException();
            }
            throw cause instanceof IOException broken ? broken : new IOException(cause);
        } finally {
            answer.cancel(true);
        }
    }

    private void keepToRate() throws InterruptedException {
        long now = System.nanoTime();
        if (nextNanos > now) {
            wait(Duration.ofNanos(nextNanos - now));
        }
        nextNanos = Math.max(now, nextNanos) + (long) (TimeUnit.SECONDS.toNanos(1) / limits.perSecond);
    }

    private void wait(Duration pause) throws InterruptedException {
        for (long left = pause.toMillis(); left > 0; left -= GLANCE_MILLIS) {
            job.checkCancelled();
            waiting.pause(Duration.ofMillis(Math.min(left, GLANCE_MILLIS)));
        }
    }
}
