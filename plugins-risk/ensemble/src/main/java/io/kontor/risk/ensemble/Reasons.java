package io.kontor.risk.ensemble;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Why the ensemble gave a score: how much each member moved it, and the members' own reasons by what they count. A member's share is its
 * Shapley value (Shapley, A value for n-person games, 1953): what it moves the score by when it says what it says instead of its mean, over all
 * orders in which the members can speak. For one thread.
 */
final class Reasons {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MOST = 6;
    /** Of more members no shares are told: there are two to the power of their number sets of them. */
    private static final int MOST_MEMBERS = 10;

    private final Locale locale;
    private final ResourceBundle words;
    private final Blend model;
    private final Said said;

    /**
     * Explains.
     *
     * @param locale the store's language
     * @param model the model
     * @param said what the members said
     */
    Reasons(Locale locale, Blend model, Said said) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle("OSGI-INF.l10n.riskensemble", locale, Reasons.class.getClassLoader(), STORE_LANGUAGE);
        this.model = model;
        this.said = said;
    }

    /** First who was listened to, then the members' reasons, the weightiest first. */
    List<Reason> reasons() {
        List<Reason> of = new ArrayList<>();
        double all = 0;
        for (double count : said.counts()) {
            all += count;
        }
        StringBuilder listened = new StringBuilder();
        for (int m : speaking()) {
            double share = said.counts()[m] / all;
            listened.append(listened.isEmpty() ? "" : words.getString("and")).append(new MessageFormat(words.getString("member"), locale)
                    .format(new Object[] {name(m), said.assessments()[m].score(), NumberFormat.getPercentInstance(locale).format(share)}));
            said.assessments()[m].reasons().forEach(reason -> of.add(new Reason(reason.code(), reason.text(), reason.weight() * share)));
        }
        of.sort(Comparator.comparingDouble((Reason reason) -> Double.isNaN(reason.weight()) ? 0 : -Math.abs(reason.weight())));
        List<Reason> reasons = new ArrayList<>();
        reasons.add(new Reason("members", new MessageFormat(words.getString("reason.members"), locale).format(new Object[] {listened}),
                Double.NaN));
        reasons.addAll(of.subList(0, Math.min(MOST, of.size())));
        return reasons;
    }

    private String name(int member) {
        String plugin = model.members().get(member).plugin();
        return plugin.substring(plugin.lastIndexOf('.') + 1);
    }

    private List<Integer> speaking() {
        List<Integer> speaking = new ArrayList<>();
        for (int m = 0; m < said.counts().length; m++) {
            if (said.counts()[m] > 0) {
                speaking.add(m);
            }
        }
        return speaking;
    }

    /** How much each member moved the score. */
    Optional<Explanation> explanation() {
        List<Integer> speaking = speaking();
        int n = speaking.size();
        if (n > MOST_MEMBERS) {
            return Optional.empty();
        }
        double[] values = new double[1 << n];
        for (int set = 0; set < values.length; set++) {
            values[set] = value(speaking, set);
        }
        List<Contribution> contributions = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double share = 0;
            for (int set = 0; set < values.length; set++) {
                if ((set >> i & 1) == 0) {
                    share += (values[set | 1 << i] - values[set]) / (n * choose(n - 1, Integer.bitCount(set)));
                }
            }
            String score = new MessageFormat("{0,number,0.000}", locale).format(new Object[] {said.assessments()[speaking.get(i)].score()});
            contributions.add(new Contribution(model.members().get(speaking.get(i)).plugin(), name(speaking.get(i)), score, share));
        }
        contributions.sort(Comparator.comparingDouble((Contribution each) -> -Math.abs(each.amount())));
        return Optional.of(new Explanation(Explanation.Kind.SHAPLEY, values[0], said.score(), contributions));
    }

    /** The score when the members of a set say what they say, and the others what they say on average. */
    private double value(List<Integer> speaking, int set) {
        double[] scores = new double[said.counts().length];
        for (int i = 0; i < speaking.size(); i++) {
            int m = speaking.get(i);
            scores[m] = (set >> i & 1) == 1 ? said.assessments()[m].score() : model.usual(m);
        }
        return model.score(said.counts(), scores);
    }

    private static double choose(int n, int k) {
        double ways = 1;
        for (int i = 1; i <= k; i++) {
            ways = ways * (n - k + i) / i;
        }
        return ways;
    }
}
