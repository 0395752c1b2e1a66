package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Step;
import io.kontor.api.plugin.Family;
import io.kontor.platform.decisions.DecisionSamples;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads parts of the table {@code decision}, each by its index of times. */
@Component(service = DecisionSamples.class)
public final class SampledDecisions implements DecisionSamples {

    /** Hours of a week: each hour of each day has its part. */
    private static final int PARTS = 168;
    private static final double DAYS_OF_WEEK = 7;
    private static final double DAYS_OF_MONTH = 365.25 / 12;
    private static final String SELECT = "select d.decided_at, d.family, d.model, d.question, d.answer, exists (select 1 from feedback f "
            + "where f.request_id = d.request_id) from decision d where d.store = ? and d.decided_at >= ? and d.decided_at < ? "
            + "and d.plugin = ? and d.fallback is null order by d.decided_at, d.request_id limit " + (MOST / PARTS);

    private final Database database;

    /**
     * Made by Declarative Services.
     *
     * @param database has the log
     */
    @Activate
    public SampledDecisions(@Reference Database database) {
        this.database = database;
    }

    @Override
    public List<Sample> of(String store, String plugin, Instant from, Instant until) {
        Duration part = Duration.between(from, until).dividedBy(PARTS);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            Instant begin = from.plus(part.multipliedBy(i));
            Instant end = i == PARTS - 1 ? until : begin.plus(part);
            database.jdbc(connection -> {
                read(connection, store, plugin, begin, end, samples);
                return null;
            });
        }
        return samples;
    }

    private static void read(Connection connection, String store, String plugin, Instant begin, Instant end, List<Sample> samples)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, store);
            select.setTimestamp(2, Timestamp.from(begin));
            select.setTimestamp(3, Timestamp.from(end));
            select.setString(4, plugin);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Map<String, Object> question = PackedJson.unpackObject(rows.getBytes(4), UnaryOperator.identity());
                    Object answer = PackedJson.unpack(rows.getBytes(5), UnaryOperator.identity());
                    samples.add(new Sample(rows.getTimestamp(1).toInstant(), Optional.ofNullable(rows.getString(3)),
                            answer instanceof Map<?, ?> fields ? value(rows.getString(2), question, fields) : Double.NaN, rows.getBoolean(6)));
                }
            }
        }
    }

    private static double value(String family, Map<String, Object> question, Map<?, ?> answer) {
        return switch (family) {
            case Family.RISK -> number(answer.get("score"));
            case Family.RECOMMEND -> answer.get("items") instanceof List<?> items && !items.isEmpty()
                    && items.get(0) instanceof Map<?, ?> first ? number(first.get("score")) : Double.NaN;
            case Family.INVENTORY -> answer.get("mean") instanceof List<?> means ? means.stream().mapToDouble(SampledDecisions::number)
                    .average().orElse(Double.NaN) / days(question.get("step")) : Double.NaN;
            default -> Double.NaN;
        };
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static double days(Object step) {
        return Step.WEEK.name().equals(step) ? DAYS_OF_WEEK : Step.MONTH.name().equals(step) ? DAYS_OF_MONTH : 1;
    }
}
