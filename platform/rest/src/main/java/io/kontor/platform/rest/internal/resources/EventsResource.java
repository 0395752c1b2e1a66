package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.kontor.api.KontorException;
import io.kontor.platform.data.Events;
import io.kontor.platform.rest.internal.metrics.EventMetrics;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Json;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Events as they happen. */
@Path("stores/{store}/events")
@Component(service = Resource.class)
public final class EventsResource implements Resource {

    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_BYTES = 16 << 20;
    private static final ObjectReader EVENT = Json.MAPPER.readerFor(new TypeReference<Map<String, Object>>() {
    }).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Events events;
    private final EventMetrics metrics;

    /**
     * Made by Declarative Services.
     *
     * @param events takes the events
     * @param metrics counts them
     */
    @Activate
    public EventsResource(@Reference Events events, @Reference EventMetrics metrics) {
        this.events = events;
        this.metrics = metrics;
    }

    /** Takes. */
    @POST
    @Unaudited
    @Consumes({"application/json", "application/x-ndjson"})
    @Requires(Role.OPERATOR)
    @Describe(value = "Takes events, a JSON array or one object a line; what is accepted is durable when the answer is sent.", status = 202)
    public Reply<Events.Receipt> accept(@PathParam("store") String store, Call call) throws IOException {
        if (call.header("Content-Encoding") != null) {
            throw Problem.of(415, "This address takes no Content-Encoding.");
        }
        byte[] body;
        try (InputStream in = call.body()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            throw Problem.of(413, "The body may have at most " + MOST_BYTES + " bytes.");
        }
        boolean lines = call.header("Content-Type").toLowerCase(java.util.Locale.ROOT).startsWith("application/x-ndjson");
        List<Map<String, Object>> parsed = parse(body, lines);
        try {
            Events.Receipt receipt = events.accept(store, parsed);
            metrics.count(receipt);
            return Reply.of(202, receipt);
        } catch (KontorException e) {
            throw e.kind() == KontorException.Kind.CAPACITY ? Problem.of(429, e.getMessage()).with("Retry-After", "1") : e;
        }
    }

    private static List<Map<String, Object>> parse(byte[] body, boolean lines) throws IOException {
        List<Map<String, Object>> parsed = new ArrayList<>();
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            JsonToken token = parser.nextToken();
            if (!lines) {
                if (token != JsonToken.START_ARRAY) {
                    throw Problem.of(400, "The body must be a JSON array of events.");
                }
                token = parser.nextToken();
            }
            while (token != null && token != JsonToken.END_ARRAY) {
                if (token != JsonToken.START_OBJECT) {
                    throw Problem.field(400, "[" + parsed.size() + "]", "must be an object");
                }
                if (parsed.size() == MOST_EVENTS) {
                    throw Problem.of(413, "A request may have at most " + MOST_EVENTS + " events.");
                }
                parsed.add(EVENT.readValue(parser));
                token = parser.nextToken();
            }
            if (!lines && (token == null || parser.nextToken() != null) || lines && token != null) {
                throw Problem.of(400, "The body is not well-formed JSON.");
            }
        } catch (JsonProcessingException e) {
            throw Json.explain(e);
        }
        return parsed;
    }
}
