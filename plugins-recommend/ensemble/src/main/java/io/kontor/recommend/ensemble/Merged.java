package io.kontor.recommend.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.ensemble.Members;
import io.kontor.api.ensemble.SimplexWeights;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;

/** One answer of an ensemble. For one thread. */
final class Merged {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int LEAST_LIST = 100;
    private static final int MOST_LIST = 1_000;
    private static final int LONGER = 3;
    private static final int MOST_REASONS = 4;

    private final Blend model;
    private final RecommendationRequest request;
    private final Members members;
    private final Locale locale;

    /** A candidate with its places in the members' lists. */
    private static final class Candidate {

        private final String product;
        private final RankedItem[] items;
        private final double[] parts;
        private double score;

        Candidate(String product, int members) {
            this.product = product;
            this.items = new RankedItem[members];
            this.parts = new double[members];
        }

        void add(int member, RankedItem item, double part) {
            items[member] = item;
            parts[member] = part;
            score += part;
        }
    }

    Merged(Blend model, RecommendationRequest request, Members members, Locale locale) {
        this.model = model;
        this.request = request;
        this.members = members;
        this.locale = locale;
    }

    /** Asks the members that count, and all others when none of those answers. */
    Ranking ranking() {
        double[] weights = model.weights(Segment.of(request));
        boolean[] wanted = new boolean[weights.length];
        boolean[] others = new boolean[weights.length];
        for (int m = 0; m < weights.length; m++) {
            wanted[m] = weights[m] > 0;
            others[m] = !wanted[m];
        }
        Ranking[] answers = ask(wanted);
        if (Arrays.stream(answers).allMatch(answer -> answer == null)) {
            answers = ask(others);
        }
        if (Arrays.stream(answers).allMatch(answer -> answer == null)) {
            throw new KontorException(KontorException.Kind.PLUGIN, "No member of the ensemble has answered.");
        }
        return merged(answers, weights);
    }

    private Ranking[] ask(boolean[] asked) {
        RecommendationRequest longer = new RecommendationRequest(request.placement(), request.customer(), request.product(), request.session(),
                request.history(), Math.min(MOST_LIST, Math.max(LEAST_LIST, LONGER * request.n())), request.eligible());
        List<Callable<Ranking>> questions = new ArrayList<>();
        for (int m = 0; m < asked.length; m++) {
            if (asked[m]) {
                Recommender recommender = model.members().get(m).recommender();
                questions.add(() -> recommender.recommend(longer));
            }
        }
        List<Optional<Ranking>> answers = members.ask(questions);
        Ranking[] all = new Ranking[asked.length];
        int at = 0;
        for (int m = 0; m < asked.length; m++) {
            all[m] = asked[m] ? answers.get(at++).orElse(null) : null;
        }
        return all;
    }

    private Ranking merged(Ranking[] answers, double[] weights) {
        boolean[] answered = new boolean[answers.length];
        for (int m = 0; m < answers.length; m++) {
            answered[m] = answers[m] != null;
        }
        double[] counts = SimplexWeights.among(weights, answered);
        Map<String, Candidate> candidates = new HashMap<>();
        for (int m = 0; m < answers.length; m++) {
            if (counts[m] > 0) {
                List<RankedItem> items = answers[m].items();
                double[] worth = StandardScores.of(items);
                for (int i = 0; i < worth.length; i++) {
                    String product = items.get(i).product();
                    if (request.eligible().test(product)) {
                        candidates.computeIfAbsent(product, id -> new Candidate(id, answers.length)).add(m, items.get(i), counts[m] * worth[i]);
                    }
                }
            }
        }
        List<Candidate> sorted = new ArrayList<>(candidates.values());
        sorted.sort(Comparator.comparingDouble((Candidate one) -> -one.score).thenComparing(one -> one.product));
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.rankingensemble", locale, Merged.class.getClassLoader(), STORE_LANGUAGE);
        return new Ranking(sorted.stream().limit(request.n()).map(one -> item(one, words)).toList());
    }

    private RankedItem item(Candidate candidate, ResourceBundle words) {
        List<Contribution> contributions = new ArrayList<>();
        List<Reason> of = new ArrayList<>();
        double sum = 0;
        for (int m = 0; m < candidate.parts.length; m++) {
            RankedItem item = candidate.items[m];
            if (item != null) {
                double part = candidate.parts[m];
                String plugin = model.members().get(m).plugin();
                String name = plugin.substring(plugin.lastIndexOf('.') + 1);
                contributions.add(new Contribution(plugin, name, "", part));
                item.reasons().forEach(reason -> of.add(new Reason(reason.code(), reason.text(), part)));
                sum += part;
            }
        }
        of.sort(Comparator.comparingDouble((Reason reason) -> -Math.abs(reason.weight())));
        List<Reason> reasons = new ArrayList<>(of.subList(0, Math.min(MOST_REASONS, of.size())));
        if (reasons.isEmpty()) {
            reasons.add(new Reason("members", new MessageFormat(words.getString("reason.members"), locale)
                    .format(new Object[] {contributions.size()}), sum));
        }
        return new RankedItem(candidate.product, sum, reasons,
                Optional.of(Explanation.summed(Explanation.Kind.ADDITIVE, 0, contributions)));
    }
}
