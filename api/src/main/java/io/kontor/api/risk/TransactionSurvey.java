package io.kontor.api.risk;

import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.Moments;
import io.kontor.api.feature.Scaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A first look at a store's labelled transactions: how many there are, and which features they may have. Attributes differ from shop to shop;
 * which of them are numbers, moments or kinds shows in their values. For one thread.
 */
public final class TransactionSurvey {

    private static final Map<String, Function<Transaction, String>> KINDS = new TreeMap<>(Map.of("method", Transaction::method,
            "country", Transaction::country, "billingCountry", Transaction::billingCountry, "currency", Transaction::currency));
    /** An attribute seen in more than so many names is one of the first so many, or is not looked at. */
    private static final int MOST_ATTRIBUTES = 500;
    private static final int MOST_TEXTS = 2_000;
    private static final int LEAST = 20;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Map<String, Texts> fields = new TreeMap<>();
    private final Map<String, Attribute> attributes = new TreeMap<>();
    private int frauds;
    private int legitimate;

    /** Which texts come again and again. */
    private static final class Texts {

        private final Map<String, Integer> counts = new HashMap<>();
        private boolean tooMany;

        void add(String text) {
            if (!tooMany) {
                counts.merge(text, 1, Integer::sum);
                if (counts.size() > MOST_TEXTS) {
                    tooMany = true;
                    counts.clear();
                }
            }
        }

        boolean areKinds() {
            return counts.size() > 1 && counts.values().stream().anyMatch(count -> count >= LEAST);
        }
    }

    /** What the values of an attribute are. */
    private static final class Attribute {

        private final Texts texts = new Texts();
        private int numbers;
        private int moments;
        private int others;

        void add(Object value) {
            if (value instanceof Double) {
                numbers++;
            } else if (Moments.of((String) value) != Moments.NONE) {
                moments++;
            } else {
                others++;
                texts.add((String) value);
            }
        }

        void propose(String column, Scaling scaling, List<Feature> features) {
            if (others > numbers && others > moments) {
                if (texts.areKinds()) {
                    features.add(new Feature.Category(column, Feature.Encoding.TARGET, 1));
                }
            } else {
                features.add(numbers >= moments ? new Feature.Numeric(column, scaling) : new Feature.Age(column, scaling));
            }
        }
    }

    /** Nothing looked at yet. */
    public TransactionSurvey() {
        // nothing to do
    }

    /**
     * Looks at a transaction; those without a label are passed over.
     *
     * @param row the transaction
     */
    public void add(LabelledTransaction row) {
        if (row.label() == LabelledTransaction.Label.UNKNOWN) {
            return;
        }
        boolean fraud = row.label() == LabelledTransaction.Label.FRAUD;
        frauds += fraud ? 1 : 0;
        legitimate += fraud ? 0 : 1;
        KINDS.forEach((name, field) -> {
            String text = field.apply(row.transaction());
            if (!text.isEmpty()) {
                fields.computeIfAbsent(name, n -> new Texts()).add(text);
            }
        });
        row.transaction().attributes().forEach((name, value) -> {
            Attribute attribute = attributes.size() < MOST_ATTRIBUTES ? attributes.computeIfAbsent(name, n -> new Attribute())
                    : attributes.get(name);
            if (attribute != null) {
                attribute.add(value);
            }
        });
    }

    /**
     * How many of the transactions were fraud.
     *
     * @return a count
     */
    public int frauds() {
        return frauds;
    }

    /**
     * How many were in order.
     *
     * @return a count
     */
    public int legitimate() {
        return legitimate;
    }

    /**
     * Every feature that these transactions may have: amount, hour, weekday, whether the countries differ, kinds and attributes by their
     * values, and twelve figures about the earlier transactions by each {@link SharedKey}. Some may turn out to be the same for all.
     *
     * @param scaling how numbers are scaled; unless NONE, times are cyclic too
     * @return the set
     */
    public FeatureSet features(Scaling scaling) {
        boolean cyclic = scaling != Scaling.NONE;
        List<Feature> features = new ArrayList<>(List.of(new Feature.Numeric("amount", scaling), new Feature.Clock(Feature.Part.HOUR, cyclic),
                new Feature.Clock(Feature.Part.WEEKDAY, cyclic), new Feature.Differs("country", "billingCountry")));
        fields.forEach((name, texts) -> {
            if (texts.areKinds()) {
                features.add(new Feature.Category(name, Feature.Encoding.TARGET, 1));
            }
        });
        attributes.forEach((name, attribute) -> attribute.propose("attr." + name, scaling, features));
        for (SharedKey key : SharedKey.values()) {
            for (Duration window : List.of(HOUR, DAY, Duration.ofDays(7), Duration.ofDays(30))) {
                features.add(new Feature.Aggregate(Feature.Stat.COUNT, key.field(), "", window, scaling));
            }
            features.add(new Feature.Aggregate(Feature.Stat.SUM, key.field(), "amount", DAY, scaling));
            features.add(new Feature.Aggregate(Feature.Stat.RATIO, key.field(), "amount", RecentTransactions.WINDOW, scaling));
            for (Feature.Stat stat : List.of(Feature.Stat.HOURS_SINCE_LAST, Feature.Stat.HOURS_SINCE_FIRST)) {
                features.add(new Feature.Aggregate(stat, key.field(), "", RecentTransactions.WINDOW, scaling));
            }
            for (String counted : List.of("customerId", "cardHash", "device", "country")) {
                features.add(new Feature.Aggregate(Feature.Stat.DISTINCT, key.field(), counted, RecentTransactions.WINDOW, scaling));
            }
        }
        return new FeatureSet(features);
    }
}
