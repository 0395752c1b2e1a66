package io.kontor.platform.rest.internal.routing;

import io.kontor.platform.persistence.Database;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Lets a command that is sent again with the same {@code Idempotency-Key} have one effect: the first answer is kept for a day and given
 * again, but for the secrets in it. A key with another command behind it is refused. Requests that come while the first one runs wait for it.
 */
@Component(service = Idempotency.class)
public final class Idempotency {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 255;

    /** An answer that was given. */
    private record Kept(String fingerprint, int status, String location, String body) {
    }

    private final Database database;
    private final Map<String, FutureTask<Reply<?>>> running = new ConcurrentHashMap<>();

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the answers
     */
    @Activate
    public Idempotency(@Reference Database database) {
        this.database = database;
        database.jdbc(connection -> {
            try (PreparedStatement old = connection.prepareStatement("delete from idempotency where created_at < ?")) {
                old.setTimestamp(1, Timestamp.from(Instant.now().minus(KEPT)));
                return old.executeUpdate();
            }
        });
    }

    Reply<?> run(String key, String principal, HttpServletRequest request, byte[] body, Supplier<Reply<?>> command) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.field(400, "Idempotency-Key", "must have 1 to 255 characters");
        }
        String id = hash(principal + "\n" + key, null);
        String fingerprint = hash(request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString() + " "
                + request.getContentLengthLong(), body);
        FutureTask<Reply<?>> mine = new FutureTask<>(() -> once(id, fingerprint, command));
        FutureTask<Reply<?>> first = running.putIfAbsent(id + fingerprint, mine);
        if (first == null) {
            try {
                mine.run();
            } finally {
                running.remove(id + fingerprint, mine);
            }
            first = mine;
        }
        try {
            return first.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "Kontor is stopping.").with("Retry-After", "5");
        }
    }

    private Reply<?> once(String id, String fingerprint, Supplier<Reply<?>> command) {
        Kept kept = find(id);
        if (kept != null) {
            if (!kept.fingerprint().equals(fingerprint)) {
                throw Problem.field(422, "Idempotency-Key", "was used for another request");
            }
            return replay(kept);
        }
        Reply<?> reply = command.get();
        if (reply.stream() == null && reply.status() < 500) {
            keep(id, fingerprint, reply);
        }
        return reply;
    }

    private static Reply<?> replay(Kept kept) {
        Reply<Object> reply = Reply.of(kept.status(), kept.body() == null ? null
                : Json.read(kept.body().getBytes(StandardCharsets.UTF_8), Object.class));
        return (kept.location() == null ? reply : reply.with("Location", kept.location())).with("Idempotent-Replayed", "true");
    }

    private Kept find(String id) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select fingerprint, status, location, body from idempotency where id = ? and created_at >= ?")) {
                select.setString(1, id);
                select.setTimestamp(2, Timestamp.from(Instant.now().minus(KEPT)));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? new Kept(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)) : null;
                }
            }
        });
    }

    private void keep(String id, String fingerprint, Reply<?> reply) {
        String body;
        try {
            body = reply.kept() == null ? null : Json.MAPPER.writeValueAsString(reply.kept());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from idempotency where id = ?");
                    PreparedStatement insert = connection.prepareStatement("insert into idempotency"
                            + " (id, fingerprint, status, location, body, created_at) values (?, ?, ?, ?, ?, ?)")) {
                delete.setString(1, id);
                delete.executeUpdate();
                insert.setString(1, id);
                insert.setString(2, fingerprint);
                insert.setInt(3, reply.status());
                insert.setString(4, reply.headers().get("Location"));
                insert.setString(5, body);
                insert.setTimestamp(6, Timestamp.from(Instant.now()));
                return insert.executeUpdate();
            }
        });
    }

    private static String hash(String text, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            if (body != null) {
                digest.update(body);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
