package io.kontor.risk.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.ensemble.Members;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What the members said of one transaction, and what comes of it.
 *
 * @param assessments one a member; null for those that were not asked or have not answered
 * @param counts how much each member counts; 0 for those
 * @param score the ensemble's score
 */
record Said(Assessment[] assessments, double[] counts, double score) {

    /**
     * Asks the members that count for a transaction; when none of them answers, all others.
     *
     * @param model the model
     * @param request the transaction
     * @param members asks
     * @param briefly without reasons
     * @return what they said
     * @throws KontorException of kind PLUGIN when nobody answers
     */
    static Said of(Blend model, RiskRequest request, Members members, boolean briefly) {
        double[] wanted = model.weights(request.transaction());
        boolean[] asked = new boolean[wanted.length];
        for (int m = 0; m < wanted.length; m++) {
            asked[m] = wanted[m] > 0;
        }
        Assessment[] answers = ask(model, request, members, briefly, asked);
        if (Arrays.stream(answers).allMatch(answer -> answer == null)) {
            for (int m = 0; m < asked.length; m++) {
                asked[m] = !asked[m];
            }
            answers = ask(model, request, members, briefly, asked);
        }
        boolean[] answered = new boolean[answers.length];
        double[] scores = new double[answers.length];
        boolean any = false;
        for (int m = 0; m < answers.length; m++) {
            answered[m] = answers[m] != null;
            scores[m] = answered[m] ? answers[m].score() : Double.NaN;
            any |= answered[m];
        }
        if (!any) {
            throw new KontorException(KontorException.Kind.PLUGIN, "No member of the ensemble has answered.");
        }
        double[] counts = model.renormalised(wanted, answered);
        return new Said(answers, counts, model.score(counts, scores));
    }

    private static Assessment[] ask(Blend model, RiskRequest request, Members members, boolean briefly, boolean[] asked) {
        List<Callable<Assessment>> questions = new ArrayList<>();
        for (int m = 0; m < asked.length; m++) {
            if (asked[m]) {
                var scorer = model.members().get(m).riskScorer(briefly);
                questions.add(() -> scorer.assess(request));
            }
        }
        List<Optional<Assessment>> answers = members.ask(questions);
        Assessment[] all = new Assessment[asked.length];
        int at = 0;
        for (int m = 0; m < asked.length; m++) {
            all[m] = asked[m] ? answers.get(at++).orElse(null) : null;
        }
        return all;
    }
}
