package io.kontor.recommend.ranker;

import io.kontor.api.KontorException;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.ensemble.Members;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;

/** One answer of the stage. For one thread. */
final class Answer {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MOST_REASONS = 2;

    private final Stage model;
    private final RecommendationRequest request;
    private final Members members;
    private final StoreData data;
    private final int candidates;

    /** A candidate with what each group adds to its score, and how it stands in the lists, which tells those of equal scores apart. */
    private record Scored(String product, double[] parts, double score, double standing) {
    }

    Answer(Stage model, RecommendationRequest request, Members members, StoreData data, int candidates) {
        this.model = model;
        this.request = request;
        this.members = members;
        this.data = data;
        this.candidates = candidates;
    }

    Ranking ranking() {
        Pool pool = new Pool(lists(), request);
        Layout layout = model.layout();
        Customer customer = new Customer(request, data);
        List<Scored> scored = new ArrayList<>();
        for (String product : pool.products()) {
            int[] ranks = pool.ranks(product);
            double[] parts = model.parts(layout.active(ranks, customer, product, model.shelf()), ranks);
            double score = model.base();
            for (double part : parts) {
                score += part;
            }
            scored.add(new Scored(product, parts, score, pool.standing(product)));
        }
        scored.sort(Comparator.comparingDouble((Scored one) -> -one.score).thenComparingDouble(one -> -one.standing)
                .thenComparing(Scored::product));
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.ranker", data.store().locale(), Answer.class.getClassLoader(),
                STORE_LANGUAGE);
        return new Ranking(scored.stream().limit(request.n()).map(one -> item(one, pool, words)).toList());
    }

    private List<List<RankedItem>> lists() {
        RecommendationRequest longer = Pool.longer(request, candidates);
        List<Callable<Ranking>> questions = new ArrayList<>();
        model.members().forEach(member -> {
            Recommender recommender = member.recommender();
            questions.add(() -> recommender.recommend(longer));
        });
        List<List<RankedItem>> lists = new ArrayList<>();
        members.ask(questions).forEach(answer -> lists.add(answer.map(Ranking::items).orElse(null)));
        if (lists.stream().allMatch(Objects::isNull)) {
            throw new KontorException(KontorException.Kind.PLUGIN, "None of the plugins that bring candidates has answered.");
        }
        return lists;
    }

    private RankedItem item(Scored one, Pool pool, ResourceBundle words) {
        double[] parts = one.parts;
        List<Contribution> contributions = new ArrayList<>();
        for (int group = 0; group < parts.length; group++) {
            int members = model.members().size();
            if (group < members) {
                String plugin = model.members().get(group).plugin();
                contributions.add(new Contribution(plugin, plugin.substring(plugin.lastIndexOf('.') + 1),
                        pool.ranks(one.product)[group] == 0 ? "" : "#" + pool.ranks(one.product)[group], parts[group]));
            } else {
                String key = Trait.values()[group - members].name().toLowerCase(Locale.ROOT).replace('_', '-');
                contributions.add(new Contribution(key, words.getString("trait." + key), "", parts[group]));
            }
        }
        List<Reason> reasons = new ArrayList<>();
        RankedItem[] said = pool.items(one.product);
        Integer[] order = new Integer[said.length];
        Arrays.setAll(order, m -> m);
        Arrays.sort(order, Comparator.comparingDouble((Integer m) -> -parts[m]));
        for (int m : order) {
            if (said[m] != null && reasons.size() < MOST_REASONS) {
                Reason first = said[m].reasons().get(0);
                reasons.add(new Reason(first.code(), first.text(), parts[m]));
            }
        }
        return new RankedItem(one.product, one.score, reasons,
                Optional.of(Explanation.summed(Explanation.Kind.ADDITIVE, model.base(), contributions)));
    }
}
