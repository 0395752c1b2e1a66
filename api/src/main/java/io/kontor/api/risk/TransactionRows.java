package io.kontor.api.risk;

import io.kontor.api.feature.Column;
import io.kontor.api.feature.Earlier;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.Hashes;
import io.kontor.api.feature.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Transactions as features read them, by the column names of the import files. Immutable; safe for use by several threads. */
public final class TransactionRows {

    private static final String ATTRIBUTE = "attr.";
    private static final Map<String, Function<Transaction, String>> TEXTS = Map.ofEntries(Map.entry("orderId", Transaction::orderId),
            Map.entry("customerId", Transaction::customerId), Map.entry("currency", Transaction::currency),
            Map.entry("method", Transaction::method), Map.entry("country", Transaction::country),
            Map.entry("billingCountry", Transaction::billingCountry), Map.entry("ip", Transaction::ip),
            Map.entry("device", Transaction::device), Map.entry("emailHash", Transaction::emailHash),
            Map.entry("cardHash", Transaction::cardHash));

    private final Function<Transaction, Object>[] columns;
    private final int[] keys;

    /**
     * Finds the columns of a set.
     *
     * @param set the features
     * @throws IllegalArgumentException when transactions have no such column
     */
    @SuppressWarnings("unchecked")
    public TransactionRows(FeatureSet set) {
        List<Column> all = set.columns();
        columns = all.stream().map(TransactionRows::column).toArray(Function[]::new);
        keys = set.keys().stream().mapToInt(all::indexOf).toArray();
    }

    private static Function<Transaction, Object> column(Column column) {
        String name = column.name();
        if (name.startsWith(ATTRIBUTE)) {
            String attribute = name.substring(ATTRIBUTE.length());
            return transaction -> transaction.attributes().get(attribute);
        } else if (column.type() == Column.Type.NUMBER && name.equals("amount")) {
            return Transaction::amount;
        } else if (column.type() == Column.Type.TEXT && TEXTS.containsKey(name)) {
            return TEXTS.get(name)::apply;
        }
        throw new IllegalArgumentException("transactions have no " + column.type() + " " + name);
    }

    static String text(Transaction transaction, Column column) {
        return column(column).apply(transaction) instanceof String text ? text : "";
    }

    /**
     * A transaction as a row.
     *
     * @param transaction the transaction
     * @return the row, for one thread
     */
    public Row row(Transaction transaction) {
        return new View(transaction);
    }

    /**
     * What came before a transaction.
     *
     * @param request the transaction with the earlier ones
     * @return shows those that have a key of the set in common with it, each once
     */
    public Earlier earlier(RiskRequest request) {
        return (row, visitor) -> {
            View view = new View(null);
            String[] own = new String[keys.length];
            for (int k = 0; k < keys.length; k++) {
                own[k] = row.text(keys[k]);
            }
            for (Transaction each : request.previous()) {
                view.show(each);
                long common = 0;
                for (int k = 0; k < keys.length; k++) {
                    common |= !own[k].isEmpty() && own[k].equals(columns[keys[k]].apply(each)) ? 1L << k : 0;
                }
                if (common != 0) {
                    visitor.earlier(view, common);
                }
            }
        };
    }

    /** Looks at one transaction after the other. */
    private final class View implements Row {

        private final long[] hashes = new long[columns.length];
        private Transaction shown;
        private boolean hashed;

        View(Transaction shown) {
            this.shown = shown;
        }

        private void show(Transaction transaction) {
            shown = transaction;
            if (hashed) {
                Arrays.fill(hashes, 0);
                hashed = false;
            }
        }

        @Override
        public long time() {
            return shown.time().toEpochMilli();
        }

        @Override
        public double number(int column) {
            return columns[column].apply(shown) instanceof Double number ? number : Double.NaN;
        }

        @Override
        public String text(int column) {
            return columns[column].apply(shown) instanceof String text ? text : "";
        }

        @Override
        public long hash(int column) {
            if (hashes[column] == 0) {
                hashes[column] = Hashes.of(text(column));
                hashed = true;
            }
            return hashes[column];
        }
    }
}
