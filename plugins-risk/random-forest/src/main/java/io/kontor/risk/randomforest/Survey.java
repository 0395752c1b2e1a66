package io.kontor.risk.randomforest;

import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.SharedKey;
import io.kontor.api.risk.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A first look at the labelled payments: how many there are, which attributes are numbers, moments or texts, and how often each text of a
 * field was fraud.
 */
final class Survey {

    /** The fields whose texts are kinds, by their names in the import files. */
    static final Map<String, Function<Transaction, String>> FIELDS = new TreeMap<>(Map.of("method", Transaction::method,
            "country", Transaction::country, "billingCountry", Transaction::billingCountry, "currency", Transaction::currency));

    /** An attribute seen in more than so many names is one of the first so many, or is not looked at. */
    private static final int MOST_ATTRIBUTES = 500;

    private final Map<String, Encoding.Counts> fields = new TreeMap<>();
    private final Map<String, Attribute> attributes = new TreeMap<>();
    private int frauds;
    private int legitimate;

    /** What the values of an attribute are. */
    private static final class Attribute {

        private final Encoding.Counts texts = new Encoding.Counts();
        private int numbers;
        private int moments;
        private int others;

        void add(Object value, int fold, boolean fraud) {
            if (value instanceof Double) {
                numbers++;
            } else if (Moments.of((String) value) != Moments.NONE) {
                moments++;
            } else {
                others++;
                texts.add((String) value, fold, fraud);
            }
        }

        Feature.Kind kind() {
            return others > numbers && others > moments ? Feature.Kind.TEXT : numbers >= moments ? Feature.Kind.NUMBER : Feature.Kind.AGE;
        }
    }

    void add(LabelledTransaction row, int fold) {
        boolean fraud = row.label() == LabelledTransaction.Label.FRAUD;
        frauds += fraud ? 1 : 0;
        legitimate += fraud ? 0 : 1;
        FIELDS.forEach((name, field) -> {
            String text = field.apply(row.transaction());
            if (!text.isEmpty()) {
                fields.computeIfAbsent(name, n -> new Encoding.Counts()).add(text, fold, fraud);
            }
        });
        row.transaction().attributes().forEach((name, value) -> {
            Attribute attribute = attributes.size() < MOST_ATTRIBUTES ? attributes.computeIfAbsent(name, n -> new Attribute())
                    : attributes.get(name);
            if (attribute != null) {
                attribute.add(value, fold, fraud);
            }
        });
    }

    int frauds() {
        return frauds;
    }

    int legitimate() {
        return legitimate;
    }

    /** Every input that these payments may have; some may turn out to be the same for all. */
    List<Feature> features() {
        List<Feature> features = new ArrayList<>(List.of(Feature.of(Feature.Kind.AMOUNT), Feature.of(Feature.Kind.HOUR),
                Feature.of(Feature.Kind.WEEKDAY), Feature.of(Feature.Kind.COUNTRIES_DIFFER)));
        fields.forEach((name, counts) -> {
            if (counts.useful()) {
                features.add(Feature.of(Feature.Kind.FIELD, name));
            }
        });
        attributes.forEach((name, attribute) -> {
            Feature.Kind kind = attribute.kind();
            if (kind != Feature.Kind.TEXT || attribute.texts.useful()) {
                features.add(Feature.of(kind, name));
            }
        });
        for (SharedKey key : SharedKey.values()) {
            for (LinkStat stat : LinkStat.values()) {
                features.add(Feature.link(key, stat));
            }
        }
        return features;
    }

    /** The counts of a feature whose texts are to be encoded. */
    Encoding.Counts counts(Feature feature) {
        return feature.kind() == Feature.Kind.FIELD ? fields.get(feature.name()) : attributes.get(feature.name()).texts;
    }
}
