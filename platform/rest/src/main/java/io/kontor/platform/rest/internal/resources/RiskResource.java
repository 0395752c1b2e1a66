package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.risk.Assessment;
import io.kontor.platform.data.RecordRefusedException;
import io.kontor.platform.data.Transactions.Taken;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.decisions.Unhurried;
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
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Assessments of transactions. */
@Path("stores/{store}/risk/assessments")
@Component(service = Resource.class)
public final class RiskResource implements Resource {

    private static final String LINES = "application/x-ndjson";
    private static final int MOST_LINES = 10_000;
    private static final int MOST_BYTES = 16 << 20;
    private static final int TOGETHER = 500;
    private static final ObjectReader LINE = Json.MAPPER.readerFor(ToAssess.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RiskDesk desk;

    /**
     * A transaction to be assessed.
     *
     * @param transaction values by the names of the import files
     * @param plugin the one plugin to ask; null for the store's pipeline
     */
    public record ToAssess(Map<String, Object> transaction, String plugin) {
    }

    /**
     * An assessment.
     *
     * @param transaction the transaction's id
     * @param requestId names the answer in feedback
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     * @param score 0 to 1
     * @param verdict approve, review or decline
     * @param reasons why
     * @param error why there is no assessment on this line of a batch; missing otherwise
     */
    public record AssessmentView(String transaction, String requestId, ServedByView servedBy, String fallback, Double score, String verdict,
            List<Reason> reasons, @JsonInclude(JsonInclude.Include.NON_NULL) String error) {

        static AssessmentView failed(String transaction, String error) {
            return new AssessmentView(transaction, null, null, null, null, null, List.of(), error);
        }
    }

    /** A line of a batch: the transaction that was taken, or why it was not. */
    private record Line(ToAssess asked, Taken taken, String refused) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk answers
     */
    @Activate
    public RiskResource(@Reference RiskDesk desk) {
        this.desk = desk;
    }

    /** Assesses. */
    @POST
    @Unaudited
    @Requires(Role.OPERATOR)
    @Describe("Assesses a transaction, which is recorded; asking again for the same id records nothing twice.")
    public AssessmentView assess(@PathParam("store") String store, ToAssess asked) {
        if (asked.transaction() == null) {
            throw Problem.field(422, "transaction", "is required");
        }
        try {
            return view(asked, desk.take(store, asked.transaction()));
        } catch (RecordRefusedException e) {
            String field = e.field().isEmpty() ? "transaction" : "transaction." + e.field();
            throw Problem.field(422, field, e.getMessage());
        }
    }

    /** Assesses many. */
    @POST
    @Unaudited
    @Path("batch")
    @Consumes(LINES)
    @Requires(Role.OPERATOR)
    @Describe(value = "Assesses up to 10,000 transactions, {\"transaction\": {...}} a line; one answer a line in the same order.",
            produces = LINES)
    public Reply<AssessmentView> batch(@PathParam("store") String store, Call call) throws IOException {
        List<ToAssess> lines = lines(call);
        List<Line> first = take(store, lines.subList(0, Math.min(TOGETHER, lines.size())));
        AssessmentView head = first.isEmpty() ? null : answer(first.get(0), true);
        return Reply.streaming(LINES, out -> {
            for (int start = 0; start < lines.size(); start += TOGETHER) {
                List<Line> taken = start == 0 ? first : take(store, lines.subList(start, Math.min(start + TOGETHER, lines.size())));
                for (int i = 0; i < taken.size(); i++) {
                    write(out, start + i == 0 ? head : answer(taken.get(i), false));
                }
            }
            out.flush();
        });
    }

    private static List<ToAssess> lines(Call call) throws IOException {
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
        List<ToAssess> lines = new ArrayList<>();
        try (MappingIterator<ToAssess> values = LINE.readValues(body)) {
            while (values.hasNextValue()) {
                ToAssess line = values.nextValue();
                if (line == null || line.transaction() == null) {
                    throw Problem.field(422, "[" + lines.size() + "].transaction", "is required");
                } else if (lines.size() == MOST_LINES) {
                    throw Problem.of(413, "A request may have at most " + MOST_LINES + " transactions.");
                }
                lines.add(line);
            }
        } catch (JsonProcessingException e) {
            throw Json.explain(e);
        } catch (RuntimeJsonMappingException e) {
            throw Problem.of(400, "The body is not well-formed JSON.");
        }
        return lines;
    }

    private List<Line> take(String store, List<ToAssess> lines) {
        List<Line> taken = new ArrayList<>();
        for (ToAssess line : lines) {
            try {
                taken.add(new Line(line, desk.take(store, line.transaction()), null));
            } catch (RecordRefusedException | KontorException e) {
                taken.add(new Line(line, null, e.getMessage()));
            }
        }
        return taken;
    }

    private AssessmentView answer(Line line, boolean first) {
        Object id = line.asked.transaction().get("id");
        if (line.taken == null) {
            return AssessmentView.failed(id == null ? null : id.toString(), line.refused);
        }
        try {
            return Unhurried.ask(() -> view(line.asked, line.taken));
        } catch (KontorException e) {
            if (first && e.kind() == KontorException.Kind.CONFIGURATION) {
                throw e;
            }
            return AssessmentView.failed(line.taken.transaction().id(), e.getMessage());
        } catch (NoSuchElementException e) {
            return AssessmentView.failed(line.taken.transaction().id(), e.getMessage());
        }
    }

    private static void write(OutputStream out, AssessmentView view) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(view));
        out.write('\n');
    }

    private AssessmentView view(ToAssess asked, Taken taken) {
        Answer<Assessment> answer = desk.assess(taken, Optional.ofNullable(asked.plugin()).filter(name -> !name.isEmpty()));
        Assessment assessment = answer.value();
        return new AssessmentView(taken.transaction().id(), answer.requestId(), ServedByView.of(answer.servedBy()),
                answer.fallback().orElse(null), assessment.score(), assessment.verdict().name().toLowerCase(Locale.ROOT),
                assessment.reasons(), null);
    }
}
