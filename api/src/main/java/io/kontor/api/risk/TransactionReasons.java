package io.kontor.api.risk;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.feature.Column;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FittedFeatures;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What moved one score, in words of the store's language. Features that tell of the same thing are one topic with the sum of their shares.
 * For one thread.
 */
public final class TransactionReasons {

    private static final int MOST = 5;
    private static final int MOST_PARTS = 8;
    /** Share of the largest contribution below which one is not worth a word. */
    private static final double NOTEWORTHY = 0.05;
    private static final int HOURS_OF_DAY = 24;
    private static final int TOLD_IN_HOURS = 48;
    private static final int MINUTES = 60;

    private final TransactionWords words;
    private final FittedFeatures features;
    private final Transaction transaction;
    private final double[] values;
    private final int[] offsets;
    private final List<Topic> sorted;

    /** What the features of one topic have added together, and the one that added most in that direction. */
    private static final class Topic {

        private final String code;
        private double sum;
        private int highest = -1;
        private double most;
        private int lowest = -1;
        private double least;
        private String text;

        Topic(String code) {
            this.code = code;
        }

        void add(int feature, double contribution) {
            sum += contribution;
            if (highest < 0 || contribution > most) {
                highest = feature;
                most = contribution;
            }
            if (lowest < 0 || contribution < least) {
                lowest = feature;
                least = contribution;
            }
        }

        int strongest() {
            return sum >= 0 ? highest : lowest;
        }
    }

    /**
     * Explains a score.
     *
     * @param locale the store's
     * @param features the model's features
     * @param request the transaction and what came before it
     * @param values its numbers, not scaled, as {@link FittedFeatures#unscaled} gives them
     * @param contributions what each number has added to the score
     */
    public TransactionReasons(Locale locale, FittedFeatures features, RiskRequest request, double[] values, double[] contributions) {
        words = TransactionWords.in(locale);
        this.features = features;
        transaction = request.transaction();
        this.values = values;
        offsets = features.set().offsets();
        Map<String, Topic> topics = new LinkedHashMap<>();
        List<Feature> all = features.set().features();
        for (int f = 0; f < all.size(); f++) {
            String code = TransactionWords.topic(all.get(f));
            String about = all.get(f) instanceof Feature.Aggregate aggregate ? code + ' ' + aggregate.key() : code + ' ' + all.get(f).columns();
            double sum = 0;
            for (int v = offsets[f]; v < offsets[f] + all.get(f).width(); v++) {
                sum += contributions[v];
            }
            topics.computeIfAbsent(about, key -> new Topic(code)).add(f, sum);
        }
        sorted = new ArrayList<>(topics.values());
        sorted.sort(Comparator.comparingDouble((Topic topic) -> -Math.abs(topic.sum)));
    }

    /**
     * The reasons.
     *
     * @return the weightiest first, at least one
     */
    public List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        for (Topic topic : sorted.subList(0, Math.min(MOST, sorted.size()))) {
            if (reasons.isEmpty() || Math.abs(topic.sum) >= NOTEWORTHY * Math.abs(sorted.get(0).sum)) {
                reasons.add(new Reason(topic.code, text(topic), topic.sum));
            }
        }
        return reasons;
    }

    /**
     * From the base to the score, topic by topic; the lightest together.
     *
     * @param kind how the contributions were found
     * @param base the score of which nothing particular is known
     * @param score what the contributions lead to
     * @return the explanation
     */
    public Explanation explanation(Explanation.Kind kind, double base, double score) {
        List<Contribution> contributions = new ArrayList<>();
        double rest = score - base;
        for (Topic topic : sorted.subList(0, Math.min(MOST_PARTS, sorted.size()))) {
            Feature strongest = features.set().features().get(topic.strongest());
            contributions.add(new Contribution(topic.code, words.name(strongest), text(topic), topic.sum));
            rest -= topic.sum;
        }
        if (sorted.size() > MOST_PARTS) {
            contributions.add(new Contribution("others", words.of("word.others"), "", rest));
        }
        return new Explanation(kind, base, score, contributions);
    }

    private String text(Topic topic) {
        if (topic.text == null) {
            topic.text = text(topic.strongest());
        }
        return topic.text;
    }

    private String text(int f) {
        Feature feature = features.set().features().get(f);
        double value = values[offsets[f]];
        if (feature instanceof Feature.Aggregate aggregate) {
            return aggregate(aggregate, value);
        } else if (feature instanceof Feature.Clock clock) {
            return clock(clock);
        } else if (feature instanceof Feature.Differs differs) {
            return differs(differs, value);
        }
        String column = feature.columns().get(0).name();
        String name = words.column(column);
        if (feature instanceof Feature.Category category) {
            String text = text(column);
            boolean rare = category.encoding() != Feature.Encoding.HASHED && !features.knows(f, text);
            return text.isEmpty() ? words.of("reason.missing", name) : rare ? words.of("reason.rare", name)
                    : words.of("reason.text", name, TransactionWords.shortened(text));
        } else if (feature instanceof Feature.Text) {
            return words.of("reason.text", name, TransactionWords.shortened(text(column)));
        } else if (Double.isNaN(value)) {
            return words.of("reason.missing", name);
        } else if (feature instanceof Feature.Age) {
            return age(name, value);
        }
        return column.equals("amount") ? words.of("reason.amount", value) : words.of("reason.number", name, value);
    }

    private String text(String column) {
        return TransactionRows.text(transaction, new Column(column, Column.Type.TEXT));
    }

    private String clock(Feature.Clock clock) {
        ZonedDateTime local = transaction.time().atZone(features.zone());
        return switch (clock.part()) {
            case HOUR -> words.of("reason.hour", DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(local));
            case WEEKDAY -> words.of("reason.weekday", local.getDayOfWeek().getDisplayName(TextStyle.FULL, words.locale()));
            case MONTH -> words.of("reason.clock", words.name(clock), local.getMonthValue());
            case DAY_OF_YEAR -> words.of("reason.clock", words.name(clock), local.getDayOfYear());
        };
    }

    private String differs(Feature.Differs differs, double value) {
        if (!TransactionWords.countries(differs)) {
            String name = words.name(differs);
            return Double.isNaN(value) ? words.of("reason.missing", name)
                    : words.of(value > 0 ? "reason.differ" : "reason.agree", words.column(differs.column()), words.column(differs.other()));
        }
        return Double.isNaN(value) ? words.of("reason.countries.missing") : value > 0
                ? words.of("reason.countries.differ", transaction.country(), transaction.billingCountry())
                : words.of("reason.countries.agree");
    }

    private String age(String name, double hours) {
        if (Math.abs(hours) < 1) {
            return words.of("reason.age.minutes", name, hours * MINUTES);
        }
        return Math.abs(hours) < TOLD_IN_HOURS ? words.of("reason.age.hours", name, hours)
                : words.of("reason.age.days", name, hours / HOURS_OF_DAY);
    }

    private String aggregate(Feature.Aggregate aggregate, double value) {
        String with = words.with(aggregate);
        if (Double.isNaN(value)) {
            return text(aggregate.key()).isEmpty() ? words.of("reason.no-key", words.column(aggregate.key()))
                    : words.of("reason.none-earlier", with);
        }
        String window = words.window(aggregate.window());
        return switch (aggregate.stat()) {
            case COUNT -> words.of(value == 0 ? "reason.count.none" : value == 1 ? "reason.count.one" : "reason.count", value, with, window);
            case SUM -> words.of(aggregate.column().equals("amount") ? "reason.sum" : "reason.sum.other", value, with, window,
                    words.column(aggregate.column()));
            case MEAN, MIN, MAX -> words.of("reason." + aggregate.stat(), value, with, window, words.column(aggregate.column()));
            case RATIO -> words.of("reason.ratio", value, with);
            case HOURS_SINCE_LAST -> value < 1 ? words.of("reason.since.minutes", value * MINUTES, with)
                    : value < TOLD_IN_HOURS ? words.of("reason.since.hours", value, with)
                    : words.of("reason.since.days", value / HOURS_OF_DAY, with);
            case HOURS_SINCE_FIRST -> value > 0 ? words.of("reason.known", value / HOURS_OF_DAY, with) : words.of("reason.none-earlier", with);
            case DISTINCT -> words.of("reason.distinct", value, with, words.counted(aggregate));
        };
    }
}
