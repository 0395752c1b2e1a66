package io.kontor.api.risk;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * A recorded transaction with what it turned out to be. Immutable.
 *
 * <p>Labels come late: a chargeback takes weeks. Whoever learns or measures as of a moment must not use a label that was not known then
 * ({@link Snapshot#window} leaves such labels out, {@link #labelAt} says what was known), and must not take a transaction without a label
 * for a legitimate one.
 *
 * @param transaction the transaction
 * @param label what is known now
 * @param labelTime when the label became known; the transaction's own time when that is not recorded or there is no label
 */
public record LabelledTransaction(Transaction transaction, Label label, Instant labelTime) {

    private static final String ATTRIBUTE = "attr.";

    /** What a transaction turned out to be. */
    public enum Label {
        /** Nobody has said. */
        UNKNOWN,
        /** In order. */
        LEGITIMATE,
        /** Fraud. */
        FRAUD
    }

    /** Checks that nothing is null. */
    public LabelledTransaction {
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(labelTime, "labelTime");
    }

    /**
     * What was known at a moment.
     *
     * @param moment the moment
     * @return the label, or UNKNOWN when it came later
     */
    public Label labelAt(Instant moment) {
        return labelTime.isAfter(moment) ? Label.UNKNOWN : label;
    }

    /**
     * Reads the transactions of a snapshot in order of time.
     *
     * @param data the snapshot or a window of it
     * @param each gets them one after the other
     */
    public static void read(Snapshot data, Consumer<LabelledTransaction> each) {
        data.read(Entity.TRANSACTIONS, batch -> new Rows(batch).forEach(each));
    }

    /**
     * The transactions of a batch.
     *
     * @param batch with the columns of {@link Entity#TRANSACTIONS}
     * @return its rows, which may be kept
     */
    public static List<LabelledTransaction> of(ColumnBatch batch) {
        List<LabelledTransaction> all = new ArrayList<>(batch.size());
        if (batch.size() > 0) {
            new Rows(batch).forEach(all::add);
        }
        return all;
    }

    /** The columns of a batch. */
    private static final class Rows {

        private final int size;
        private final long[] times;
        private final double[] amounts;
        private final String[][] texts;
        private final String[] labels;
        private final long[] labelTimes;
        private final String[] attributes;
        private final double[][] attributeNumbers;
        private final String[][] attributeTexts;

        Rows(ColumnBatch batch) {
            size = batch.size();
            times = batch.times("time");
            amounts = batch.numbers("amount");
            String[] names = {"id", "orderId", "customerId", "currency", "method", "country", "billingCountry", "ip", "device", "emailHash",
                "cardHash"};
            texts = new String[names.length][];
            for (int k = 0; k < names.length; k++) {
                texts[k] = batch.texts(names[k]);
            }
            labels = batch.texts("label");
            labelTimes = batch.times("labelTime");
            SortedSet<String> present = batch.attributes();
            attributes = present.stream().map(name -> name.substring(ATTRIBUTE.length())).toArray(String[]::new);
            attributeNumbers = present.stream().map(batch::numbers).toArray(double[][]::new);
            attributeTexts = present.stream().map(batch::texts).toArray(String[][]::new);
        }

        void forEach(Consumer<LabelledTransaction> each) {
            for (int row = 0; row < size; row++) {
                Instant time = Instant.ofEpochMilli(times[row]);
                Transaction transaction = new Transaction(text(0, row), time, amounts[row], text(1, row), text(2, row), text(3, row),
                        text(4, row), text(5, row), text(6, row), text(7, row), text(8, row), text(9, row), text(10, row), attributes(row));
                Label label = labels[row] == null ? Label.UNKNOWN : labels[row].equals("fraud") ? Label.FRAUD : Label.LEGITIMATE;
                boolean dated = label != Label.UNKNOWN && labelTimes[row] != Long.MIN_VALUE;
                each.accept(new LabelledTransaction(transaction, label, dated ? Instant.ofEpochMilli(labelTimes[row]) : time));
            }
        }

        private String text(int column, int row) {
            return Optional.ofNullable(texts[column][row]).orElse("");
        }

        private Map<String, Object> attributes(int row) {
            Map<String, Object> values = new HashMap<>();
            for (int k = 0; k < attributes.length; k++) {
                if (!Double.isNaN(attributeNumbers[k][row])) {
                    values.put(attributes[k], attributeNumbers[k][row]);
                } else if (attributeTexts[k][row] != null) {
                    values.put(attributes[k], attributeTexts[k][row]);
                }
            }
            return values;
        }
    }
}
