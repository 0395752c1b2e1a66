package io.kontor.risk.randomforest;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.risk.RiskRequest;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What moved one score, in words. Inputs that tell of the same thing are one topic with the sum of their shares. For one thread. */
final class Reasons {

    private static final int MOST = 5;
    private static final int MOST_PARTS = 8;
    /** Share of the largest contribution below which one is not worth a word. */
    private static final double NOTEWORTHY = 0.05;
    private static final int LONGEST = 60;

    private final Words words;
    private final FraudModel model;
    private final RiskRequest request;
    private final FraudModel.Explained explained;
    private final List<Topic> sorted;

    /** What the inputs of one topic have added together, and the one that added most in that direction. */
    private static final class Topic {

        private final String code;
        private double sum;
        private int highest = -1;
        private int lowest = -1;
        private String text;

        Topic(String code) {
            this.code = code;
        }

        void add(int feature, double[] contributions) {
            sum += contributions[feature];
            highest = highest < 0 || contributions[feature] > contributions[highest] ? feature : highest;
            lowest = lowest < 0 || contributions[feature] < contributions[lowest] ? feature : lowest;
        }

        int strongest() {
            return sum >= 0 ? highest : lowest;
        }
    }

    /**
     * Explains a score.
     *
     * @param words of the store's language
     * @param model the model
     * @param request the payment and what came before it
     * @param explained what the model said
     */
    Reasons(Words words, FraudModel model, RiskRequest request, FraudModel.Explained explained) {
        this.words = words;
        this.model = model;
        this.request = request;
        this.explained = explained;
        Map<String, Topic> topics = new LinkedHashMap<>();
        List<Feature> features = model.features();
        for (int f = 0; f < features.size(); f++) {
            Feature feature = features.get(f);
            String about = feature.kind() == Feature.Kind.LINK ? feature.topic() : feature.topic() + ' ' + feature.name();
            topics.computeIfAbsent(about, key -> new Topic(feature.topic())).add(f, explained.contributions());
        }
        sorted = new ArrayList<>(topics.values());
        sorted.sort(Comparator.comparingDouble((Topic topic) -> -Math.abs(topic.sum)));
    }

    /** The weightiest first; at least one. */
    List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        for (Topic topic : sorted.subList(0, Math.min(MOST, sorted.size()))) {
            if (reasons.isEmpty() || Math.abs(topic.sum) >= NOTEWORTHY * Math.abs(sorted.get(0).sum)) {
                reasons.add(new Reason(topic.code, text(topic), topic.sum));
            }
        }
        return reasons;
    }

    /** From the base to the score, topic by topic; the lightest together. */
    Explanation explanation() {
        List<Contribution> contributions = new ArrayList<>();
        double rest = explained.score() - explained.base();
        for (Topic topic : sorted.subList(0, Math.min(MOST_PARTS, sorted.size()))) {
            contributions.add(new Contribution(topic.code, name(model.features().get(topic.strongest())), text(topic), topic.sum));
            rest -= topic.sum;
        }
        if (sorted.size() > MOST_PARTS) {
            contributions.add(new Contribution("others", words.of("word.others"), "", rest));
        }
        return new Explanation(Explanation.Kind.SHAPLEY, explained.base(), explained.score(), contributions);
    }

    private String name(Feature feature) {
        return switch (feature.kind()) {
            case AMOUNT, HOUR, WEEKDAY, COUNTRIES_DIFFER -> words.of("word." + feature.topic());
            case FIELD -> words.of("word." + feature.name());
            case TEXT, NUMBER, AGE -> shortened(feature.name());
            case LINK -> words.of("word." + feature.stat().topic(), words.of("word.with." + Feature.word(feature.key())));
        };
    }

    private String text(Topic topic) {
        if (topic.text == null) {
            topic.text = text(model, topic.strongest(), request, explained.values()[topic.strongest()]);
        }
        return topic.text;
    }

    private String text(FraudModel model, int f, RiskRequest request, double value) {
        Feature feature = model.features().get(f);
        return switch (feature.kind()) {
            case AMOUNT -> words.of("reason.amount", value);
            case HOUR -> words.of("reason.hour", String.format(Locale.ROOT, "%02d:%02d", (int) value, (int) Math.round(value % 1 * 60)));
            case WEEKDAY -> words.of("reason.weekday", weekday(model, request));
            case COUNTRIES_DIFFER -> Double.isNaN(value) ? words.of("reason.countries.missing") : value > 0
                    ? words.of("reason.countries.differ", request.transaction().country(), request.transaction().billingCountry())
                    : words.of("reason.countries.agree");
            case FIELD -> category(model, f, words.of("word." + feature.name()),
                    Survey.FIELDS.get(feature.name()).apply(request.transaction()));
            case TEXT -> category(model, f, shortened(feature.name()),
                    request.transaction().attributes().get(feature.name()) instanceof String text ? text : "");
            case NUMBER -> Double.isNaN(value) ? words.of("reason.missing", shortened(feature.name()))
                    : words.of("reason.number", shortened(feature.name()), value);
            case AGE -> Double.isNaN(value) ? words.of("reason.missing", shortened(feature.name())) : age(shortened(feature.name()), value);
            case LINK -> link(feature, value);
        };
    }

    private String weekday(FraudModel model, RiskRequest request) {
        ZonedDateTime local = request.transaction().time().atZone(model.zone());
        return local.getDayOfWeek().getDisplayName(TextStyle.FULL, words.locale());
    }

    private String category(FraudModel model, int f, String name, String text) {
        if (text.isEmpty()) {
            return words.of("reason.missing", name);
        }
        return model.knows(f, text) ? words.of("reason.text", name, shortened(text)) : words.of("reason.rare", name);
    }

    private String age(String name, double hours) {
        if (Math.abs(hours) < 1) {
            return words.of("reason.age.minutes", name, hours * 60);
        }
        return Math.abs(hours) < 48 ? words.of("reason.age.hours", name, hours) : words.of("reason.age.days", name, hours / 24);
    }

    private String link(Feature feature, double value) {
        String key = Feature.word(feature.key());
        String with = words.of("word.with." + key);
        if (Double.isNaN(value)) {
            boolean needsEarlier = feature.stat() == LinkStat.RATIO || feature.stat() == LinkStat.HOURS_SINCE_LAST;
            return needsEarlier ? words.of("reason.none-earlier", with) : words.of("reason.no-key", words.of("word." + key));
        }
        String stat = words.has("word." + feature.stat()) ? words.of("word." + feature.stat()) : "";
        return switch (feature.stat()) {
            case COUNT_HOUR, COUNT_DAY, COUNT_WEEK, COUNT_MONTH -> words.of(count(value), value, with, stat);
            case SUM_DAY -> words.of("reason.sum", value, with);
            case RATIO -> words.of("reason.ratio", value, with);
            case HOURS_SINCE_LAST -> value < 1 ? words.of("reason.since.minutes", value * 60, with)
                    : value < 48 ? words.of("reason.since.hours", value, with) : words.of("reason.since.days", value / 24, with);
            case DAYS_KNOWN -> value > 0 ? words.of("reason.known", value, with) : words.of("reason.none-earlier", with);
            case CUSTOMERS, CARDS, DEVICES, COUNTRIES -> words.of("reason.distinct", value, with, stat);
        };
    }

    private static String count(double value) {
        return value == 0 ? "reason.count.none" : value == 1 ? "reason.count.one" : "reason.count";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + '…';
    }
}
