package io.kontor.platform.rest.internal.resources;

import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.rest.internal.routing.BodyLimit;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Transactions that persons look at, and what they turned out to be. */
@Path("stores/{store}/risk")
@Component(service = Resource.class)
public final class RiskCasesResource implements Resource {

    private static final int MOST_LABELS = 10_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_SOURCE = 200;
    private static final long DAY_SECONDS = 86_400;

    private final RiskDesk desk;
    private final Transactions transactions;

    /**
     * What a transaction turned out to be.
     *
     * @param transaction its id
     * @param label fraud or legitimate
     * @param time when that became known, with an offset; now when missing
     * @param source who says so, for example chargeback; may be missing
     */
    public record RiskLabel(String transaction, String label, String time, String source) {
    }

    /**
     * A transaction that a person should look at, or should have.
     *
     * @param id its id
     * @param state open or closed
     * @param transaction the transaction's id
     * @param time the transaction's time; null when the transaction is no longer recorded
     * @param amount its amount; null likewise
     * @param customer who paid; null when not known
     * @param requestId the assessment that asked for the review
     * @param score its score
     * @param reasons its reasons
     * @param openedAt when
     * @param label fraud or legitimate; null while it is open
     * @param closedAt when the label became known; null while it is open
     * @param source who gave the label; null while it is open or nobody said
     */
    public record RiskCaseView(String id, String state, String transaction, Instant time, Double amount, String customer, String requestId,
            double score, List<Map<String, Object>> reasons, Instant openedAt, String label, Instant closedAt, String source) {

        static RiskCaseView of(RiskDesk.Case one, LabelledTransaction recorded) {
            Transaction known = recorded == null ? null : recorded.transaction();
            return new RiskCaseView(Long.toString(one.id()), one.label().isEmpty() ? "open" : "closed", one.transaction(),
                    known == null ? null : known.time(), known == null ? null : known.amount(),
                    known == null || known.customerId().isEmpty() ? null : known.customerId(), one.requestId(), one.score(), one.reasons(),
                    one.openedAt(), one.label().orElse(null), one.closedAt().orElse(null), one.source().orElse(null));
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param desk keeps the cases
     * @param transactions know what was paid
     */
    @Activate
    public RiskCasesResource(@Reference RiskDesk desk, @Reference Transactions transactions) {
        this.desk = desk;
        this.transactions = transactions;
    }

    /** Lists. */
    @GET
    @Path("cases")
    @Requires(Role.ANALYST)
    @Describe("Lists the transactions that a person should look at, the newest first; state=closed those that have a label since.")
    public Page<RiskCaseView> cases(@PathParam("store") String store, @QueryParam("state") String state,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") Long cursor) {
        if (state != null && !state.isEmpty() && !state.equals("open") && !state.equals("closed")) {
            throw Problem.field(422, "state", "must be open or closed");
        }
        Boolean open = state == null || state.isEmpty() ? null : Boolean.valueOf(state.equals("open"));
        List<RiskDesk.Case> read = desk.cases(store, open, cursor == null ? Long.MAX_VALUE : cursor, Page.limit(limit) + 1);
        Map<String, LabelledTransaction> recorded = transactions.find(store, read.stream().map(RiskDesk.Case::transaction).toList());
        return Page.cut(read.stream().map(one -> RiskCaseView.of(one, recorded.get(one.transaction()))).toList(), limit, RiskCaseView::id);
    }

    /** Takes labels. */
    @POST
    @Path("labels")
    @BodyLimit(MOST_BYTES)
    @Requires(Role.OPERATOR)
    @Describe(value = "Takes what transactions turned out to be, which closes their cases; what is accepted is durable when the answer is sent.",
            status = 202)
    public Reply<FeedbackResource.Receipt> label(@PathParam("store") String store, List<RiskLabel> given) {
        if (given.size() > MOST_LABELS) {
            throw Problem.of(413, "A request may have at most " + MOST_LABELS + " labels.");
        }
        List<FeedbackResource.Rejection> rejected = new ArrayList<>();
        List<RiskDesk.Label> taken = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            try {
                taken.add(checked(given.get(i)));
                indices.add(i);
            } catch (IllegalArgumentException e) {
                rejected.add(new FeedbackResource.Rejection(i, e.getMessage()));
            }
        }
        boolean[] known = desk.label(store, taken);
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                rejected.add(new FeedbackResource.Rejection(indices.get(i), "transaction is not that of a transaction of this store"));
            }
        }
        rejected.sort((a, b) -> Integer.compare(a.index(), b.index()));
        return Reply.of(202, new FeedbackResource.Receipt(given.size() - rejected.size(), rejected));
    }

    private static RiskDesk.Label checked(RiskLabel given) {
        if (given == null) {
            throw new IllegalArgumentException("must be an object");
        } else if (given.transaction == null || given.transaction.isEmpty() || bad(given.transaction, LONGEST_ID)) {
            throw new IllegalArgumentException("transaction must have 1 to " + LONGEST_ID + " characters and no NUL");
        } else if (given.source != null && bad(given.source, LONGEST_SOURCE)) {
            throw new IllegalArgumentException("source must have at most " + LONGEST_SOURCE + " characters and no NUL");
        }
        Label label = given.label == null ? Label.UNKNOWN : switch (given.label) {
            case "fraud" -> Label.FRAUD;
            case "legitimate" -> Label.LEGITIMATE;
            default -> Label.UNKNOWN;
        };
        if (label == Label.UNKNOWN) {
            throw new IllegalArgumentException("label must be fraud or legitimate");
        }
        return new RiskDesk.Label(new Transactions.Labelling(given.transaction, label, time(given.time)),
                given.source == null ? "" : given.source);
    }

    private static boolean bad(String text, int longest) {
        return text.length() > longest || text.indexOf('\0') >= 0;
    }

    private static Instant time(String text) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        try {
            Instant time = text == null ? now : Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
            if (time.isBefore(Instant.EPOCH) || time.isAfter(now.plusSeconds(DAY_SECONDS))) {
                throw new IllegalArgumentException("time must be between 1970 and tomorrow");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time must be a date and time with an offset, for example 2026-01-31T12:00:00Z", e);
        }
    }
}
