package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.rest.internal.routing.BodyLimit;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What became of served answers. */
@Path("stores/{store}/feedback")
@Component(service = Resource.class)
public final class FeedbackResource implements Resource {

    private static final Set<String> TYPES = Set.of("impression", "click", "cart", "purchase", "return");
    private static final int MOST = 10_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final int LONGEST_PRODUCT = 255;
    private static final double DEAREST = 1e9;

    private final DecisionLog log;

    /**
     * What became of an answer.
     *
     * @param requestId the answer
     * @param product the product concerned; null when it is the whole answer
     * @param type impression, click, cart, purchase or return
     * @param time when, with an offset
     * @param value what was paid for the product, for a purchase; the price in the catalogue when missing
     */
    public record Feedback(String requestId, String product, String type, String time, Double value) {
    }

    /**
     * What was taken.
     *
     * @param accepted how many
     * @param rejected the others
     */
    public record Receipt(int accepted, List<Rejection> rejected) {
    }

    /**
     * Feedback that was not taken.
     *
     * @param index its place in the request, from 0
     * @param reason one plain sentence
     */
    public record Rejection(int index, String reason) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param log takes the feedback
     */
    @Activate
    public FeedbackResource(@Reference DecisionLog log) {
        this.log = log;
    }

    /** Takes. */
    @POST
    @Unaudited
    @BodyLimit(MOST_BYTES)
    @Requires(Role.OPERATOR)
    @Describe(value = "Takes what became of served answers; what is accepted is durable when the answer is sent.", status = 202)
    public Reply<Receipt> accept(@PathParam("store") String store, List<Feedback> given) {
        if (given.size() > MOST) {
            throw Problem.of(413, "A request may have at most " + MOST + " entries.");
        }
        List<Rejection> rejected = new ArrayList<>();
        List<DecisionLog.Feedback> taken = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            try {
                taken.add(checked(given.get(i)));
                indices.add(i);
            } catch (IllegalArgumentException e) {
                rejected.add(new Rejection(i, e.getMessage()));
            }
        }
        boolean[] known = log.feedback(store, taken);
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                rejected.add(new Rejection(indices.get(i), "requestId is not that of an answer of this store"));
            }
        }
        rejected.sort((a, b) -> Integer.compare(a.index, b.index));
        return Reply.of(202, new Receipt(given.size() - rejected.size(), rejected));
    }

    private static DecisionLog.Feedback checked(Feedback given) {
        if (given == null) {
            throw new IllegalArgumentException("must be an object");
        } else if (given.requestId == null || given.requestId.isEmpty() || given.requestId.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("requestId is missing");
        } else if (given.type == null || !TYPES.contains(given.type)) {
            throw new IllegalArgumentException("type must be impression, click, cart, purchase or return");
        } else if (given.product != null && (given.product.length() > LONGEST_PRODUCT || given.product.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("product must have at most " + LONGEST_PRODUCT + " characters and no NUL");
        } else if (given.value != null && !(given.value >= 0 && given.value < DEAREST)) {
            throw new IllegalArgumentException("value must be a number from 0 to less than a billion");
        }
        return new DecisionLog.Feedback(given.requestId, given.product == null ? "" : given.product, given.type, time(given.time),
                Optional.ofNullable(given.value));
    }

    private static Instant time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text == null ? "" : text).toInstant();
            if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.now().plusSeconds(86_400))) {
                throw new IllegalArgumentException("time must be between 1970 and tomorrow");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time must be a date and time with an offset, for example 2026-01-31T12:00:00Z", e);
        }
    }
}
