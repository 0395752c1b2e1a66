package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.Transaction;
import io.kontor.api.store.Store;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.decisions.RiskDesk.Case;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the transactions that persons should look at. A label that came with an import closes a case when cases are listed. */
@Component(service = {RiskCases.class, PersonalData.class, StoreListener.class})
public final class RiskCases implements PersonalData, StoreListener {

    private static final TypeReference<List<Map<String, Object>>> REASONS = new TypeReference<>() {
    };

    private static final String SELECT = "select id, transaction, request_id, score, reasons, opened_at, label, closed_at, source "
            + "from risk_case where store = ?";

    private final Database database;
    private final Transactions transactions;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the cases
     * @param transactions know their labels
     */
    @Activate
    public RiskCases(@Reference Database database, @Reference Transactions transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    /** Opens a case, unless the transaction has one. */
    void open(String store, Transaction transaction, Answer<Assessment> answer, Instant now) {
        database.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into risk_case (store, transaction, customer, request_id, "
                    + "score, reasons, opened_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
                insert.setString(1, store);
                insert.setString(2, transaction.id());
                insert.setString(3, transaction.customerId().isEmpty() ? null : transaction.customerId());
                insert.setString(4, answer.requestId());
                insert.setDouble(5, answer.value().score());
                insert.setString(6, LogJson.write(answer.value().reasons()));
                insert.setTimestamp(7, Timestamp.from(now));
                return insert.executeUpdate();
            }
        });
    }

    /** Closes the cases of transactions that have got a label. */
    void close(String store, List<RiskDesk.Label> labels) {
        if (labels.isEmpty()) {
            return;
        }
        database.jdbc(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update risk_case set label = ?, closed_at = ?, source = ? where store = ? and transaction = ?")) {
                for (RiskDesk.Label label : labels) {
                    update.setString(1, label.labelling().label().name().toLowerCase(Locale.ROOT));
                    update.setTimestamp(2, Timestamp.from(label.labelling().time()));
                    update.setString(3, label.source().isEmpty() ? null : label.source());
                    update.setString(4, store);
                    update.setString(5, label.labelling().transaction());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
    }

    List<Case> list(String store, Boolean open, long before, int limit) {
        List<Case> found = select(store, open, before, limit);
        while (closeImported(store, found.stream().filter(one -> one.label().isEmpty()).map(Case::transaction).toList())) {
            found = select(store, open, before, limit);
        }
        return found;
    }

    private boolean closeImported(String store, List<String> open) {
        if (open.isEmpty()) {
            return false;
        }
        List<RiskDesk.Label> labels = transactions.find(store, open).values().stream()
                .filter(row -> row.label() != LabelledTransaction.Label.UNKNOWN)
                .map(row -> new RiskDesk.Label(new Transactions.Labelling(row.transaction().id(), row.label(), row.labelTime()), "import"))
                .toList();
        close(store, labels);
        return !labels.isEmpty();
    }

    private List<Case> select(String store, Boolean open, long before, int limit) {
        String sql = SELECT
                + (open == null ? "" : open ? " and label is null" : " and label is not null") + " and id < ? order by id desc limit ?";
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, store);
                select.setLong(2, before);
                select.setInt(3, limit);
                try (ResultSet row = select.executeQuery()) {
                    List<Case> cases = new ArrayList<>();
                    while (row.next()) {
                        cases.add(read(row));
                    }
                    return cases;
                }
            }
        });
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from risk_case where store = ? and customer = ?")) {
            delete.setString(1, store);
            delete.setString(2, customer);
            return delete.executeUpdate();
        }
    }

    private static Case read(ResultSet row) throws SQLException {
        return new Case(row.getLong(1), row.getString(2), row.getString(3), row.getDouble(4), LogJson.read(row.getString(5), REASONS),
                row.getTimestamp(6).toInstant(), Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getTimestamp(8)).map(Timestamp::toInstant), Optional.ofNullable(row.getString(9)));
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        List<Map<String, Object>> cases = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + " and customer = ? order by id")) {
            select.setString(1, store);
            select.setString(2, customer);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    cases.add(exported(read(row)));
                }
            }
        }
        return cases;
    }

    private static Map<String, Object> exported(Case one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("transaction", one.transaction());
        fields.put("requestId", one.requestId());
        fields.put("score", one.score());
        fields.put("reasons", one.reasons());
        fields.put("openedAt", one.openedAt().toString());
        one.label().ifPresent(label -> fields.put("label", label));
        one.closedAt().ifPresent(time -> fields.put("closedAt", time.toString()));
        one.source().ifPresent(source -> fields.put("source", source));
        return fields;
    }

    @Override
    public String name() {
        return "cases";
    }

    @Override
    public void present(Store store) {
        // a store begins without cases
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from risk_case where store = ?")) {
                delete.setString(1, store.id());
                return delete.executeUpdate();
            }
        });
    }
}
