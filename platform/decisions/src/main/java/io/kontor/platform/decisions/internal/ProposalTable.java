package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Proposals.Decision;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.New;
import io.kontor.platform.decisions.Proposals.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The tables {@code proposal} and {@code proposal_decision}. */
final class ProposalTable {

    private static final int LONGEST_NOTE = 2_000;
    private static final TypeReference<Content> CONTENT = new TypeReference<>() {
    };
    private static final String SELECT = "select id, store, family, kind, subject, place, state, plugin, plugin_version, model, fallback, "
            + "content, proposed_at, decided_at, decided_by, note from proposal where store = ?";

    /** What of a proposal is kept as JSON; those of before there were trails or explanations have none. */
    record Content(Map<String, Object> change, List<Line> arithmetic, Map<String, Double> impact, List<Why> reasons, List<Step> trail,
            Told explanation) {
    }

    /** An explanation; its kind in lower case. */
    record Told(String kind, double base, double output, List<Contribution> contributions) {

        static Told of(Explanation explanation) {
            return new Told(explanation.kind().name().toLowerCase(Locale.ROOT), explanation.base(), explanation.output(),
                    explanation.contributions());
        }

        Explanation explanation() {
            return new Explanation(Explanation.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), base, output, contributions);
        }
    }

    /** What a guardrail did; a value that is no number is null. */
    record Step(String guardrail, Double before, Double after, String text) {
    }

    /** A line of arithmetic; a value that is no number is null. */
    record Line(String label, Double value) {
    }

    /** A reason; a weight that is no number is null. */
    record Why(String code, String text, Double weight) {
    }

    private ProposalTable() {
    }

    static void supersede(Connection connection, String store, String family, String kind, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into proposal_decision (proposal, number, state, decided_at) "
                + "select id, 1, 'SUPERSEDED', cast(? as timestamp with time zone) from proposal "
                + "where store = ? and family = ? and kind = ? and state = 'PENDING'")) {
            insert.setTimestamp(1, Timestamp.from(now));
            insert.setString(2, store);
            insert.setString(3, family);
            insert.setString(4, kind);
            insert.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement("update proposal set state = 'SUPERSEDED', decided_at = ? "
                + "where store = ? and family = ? and kind = ? and state = 'PENDING'")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, store);
            update.setString(3, family);
            update.setString(4, kind);
            update.executeUpdate();
        }
    }

    static void add(Connection connection, String store, String family, List<New> proposals, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into proposal (store, family, kind, subject, place, state, plugin, "
                + "plugin_version, model, fallback, content, proposed_at) values (?, ?, ?, ?, ?, 'PENDING', ?, ?, ?, ?, ?, ?)")) {
            for (New one : proposals) {
                Proposal proposal = one.answer().value();
                Answer.ServedBy by = one.answer().servedBy();
                insert.setString(1, store);
                insert.setString(2, family);
                insert.setString(3, proposal.kind());
                insert.setString(4, proposal.subject());
                insert.setString(5, one.place());
                insert.setString(6, by.plugin());
                insert.setString(7, by.version());
                insert.setString(8, by.model().orElse(null));
                insert.setString(9, one.answer().fallback().orElse(null));
                insert.setString(10, LogJson.write(content(proposal, one.trail())));
                insert.setTimestamp(11, Timestamp.from(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Content content(Proposal proposal, List<GuardrailStep> trail) {
        return new Content(proposal.change(), proposal.arithmetic().stream().map(line -> new Line(line.label(), line.value())).toList(),
                proposal.impact(), proposal.reasons().stream().map(why -> new Why(why.code(), why.text(), why.weight())).toList(),
                trail.stream().map(step -> new Step(step.guardrail(), step.before(), step.after(), step.text())).toList(),
                proposal.explanation().map(Told::of).orElse(null));
    }

    static List<Kept> list(Connection connection, String store, String family, State state, long before, int limit) throws SQLException {
        String sql = SELECT + (family == null ? "" : " and family = ?") + (state == null ? "" : " and state = ?")
                + " and id < ? order by id desc limit ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            select.setString(index++, store);
            if (family != null) {
                select.setString(index++, family);
            }
            if (state != null) {
                select.setString(index++, state.name());
            }
            select.setLong(index++, before);
            select.setInt(index, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Kept> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(kept(rows));
                }
                return withHistory(connection, found);
            }
        }
    }

    static Map<String, Long> pending(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select family, count(*) from proposal where store = ? and state = 'PENDING' group by family order by family")) {
            select.setString(1, store);
            try (ResultSet rows = select.executeQuery()) {
                Map<String, Long> counts = new LinkedHashMap<>();
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
                return counts;
            }
        }
    }

    /** Finds a proposal, and holds it until the end of the transaction when it is to be changed. */
    static Optional<Kept> find(Connection connection, String store, long id, boolean toChange) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + " and id = ?" + (toChange ? " for update" : ""))) {
            select.setString(1, store);
            select.setLong(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(withHistory(connection, List.of(kept(row))).get(0)) : Optional.empty();
            }
        }
    }

    static void decide(Connection connection, long id, State to, String by, String note, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update proposal set state = ?, decided_at = ?, decided_by = ?, note = ? where id = ?")) {
            update.setString(1, to.name());
            update.setTimestamp(2, Timestamp.from(now));
            update.setString(3, by);
            update.setString(4, note.isEmpty() ? null : note.substring(0, Math.min(note.length(), LONGEST_NOTE)));
            update.setLong(5, id);
            update.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into proposal_decision (proposal, number, state, decided_at, "
                + "decided_by, note) select id, (select count(*) + 1 from proposal_decision where proposal = ?), state, decided_at, decided_by, "
                + "note from proposal where id = ?")) {
            insert.setLong(1, id);
            insert.setLong(2, id);
            insert.executeUpdate();
        }
    }

    /** The same proposals with what was decided on them. */
    private static List<Kept> withHistory(Connection connection, List<Kept> proposals) throws SQLException {
        if (proposals.isEmpty()) {
            return proposals;
        }
        Map<Long, List<Decision>> histories = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select proposal, state, decided_at, decided_by, note "
                + "from proposal_decision where proposal in (" + String.join(", ", Collections.nCopies(proposals.size(), "?"))
                + ") order by proposal, number")) {
            for (int i = 0; i < proposals.size(); i++) {
                select.setLong(i + 1, proposals.get(i).id());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    histories.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>()).add(new Decision(State.valueOf(rows.getString(2)),
                            rows.getTimestamp(3).toInstant(), Optional.ofNullable(rows.getString(4)), Optional.ofNullable(rows.getString(5))));
                }
            }
        }
        return proposals.stream().map(one -> new Kept(one.id(), one.store(), one.family(), one.place(), one.state(), one.proposal(),
                one.servedBy(), one.fallback(), one.proposedAt(), one.decidedAt(), one.decidedBy(), one.note(), one.trail(),
                List.copyOf(histories.getOrDefault(one.id(), List.of())))).toList();
    }

    static void deleteAll(Connection connection, String store) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from proposal where store = ?")) {
            delete.setString(1, store);
            delete.executeUpdate();
        }
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Content content = LogJson.read(row.getString(12), CONTENT);
        Proposal proposal = new Proposal(row.getString(4), row.getString(5), content.change,
                content.arithmetic.stream().map(line -> new ArithmeticLine(line.label, number(line.value))).toList(), content.impact,
                content.reasons.stream().map(why -> new Reason(why.code, why.text, number(why.weight))).toList(),
                Optional.ofNullable(content.explanation).map(Told::explanation));
        Answer.ServedBy by = new Answer.ServedBy(row.getString(8), row.getString(9), Optional.ofNullable(row.getString(10)));
        return new Kept(row.getLong(1), row.getString(2), row.getString(3), row.getString(6), State.valueOf(row.getString(7)), proposal, by,
                Optional.ofNullable(row.getString(11)), row.getTimestamp(13).toInstant(),
                Optional.ofNullable(row.getTimestamp(14)).map(Timestamp::toInstant), Optional.ofNullable(row.getString(15)),
                Optional.ofNullable(row.getString(16)), trail(content.trail), List.of());
    }

    private static List<GuardrailStep> trail(List<Step> steps) {
        return steps == null ? List.of() : steps.stream().map(step -> new GuardrailStep(step.guardrail, number(step.before),
                number(step.after), step.text)).toList();
    }

    private static double number(Double value) {
        return value == null ? Double.NaN : value;
    }
}
