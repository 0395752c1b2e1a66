package io.kontor.platform.admin.internal.models;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.Trials;
import java.util.List;

/**
 * A trial of a model on a share of the customers.
 *
 * @param summary what is made, since when and until when
 * @param percent how much of the needed answers there is, 0 to 100
 * @param measure what is measured of the outcomes; empty when nothing is
 * @param arms the model on trial, then the champion
 * @param end where the form that ends the trial goes
 * @param pass where the form that promotes the model goes
 */
public record TrialView(String summary, int percent, String measure, List<Arm> arms, String end, String pass) {

    /**
     * One of the two models.
     *
     * @param part what it is
     * @param model its number
     * @param answers how many it gave
     * @param outcomes of how many it is known what became of them
     * @param mean of what became of them, with its bounds
     */
    public record Arm(String part, String model, String answers, String outcomes, String mean) {
    }

    static TrialView of(Visit visit, Trials.Standing standing) {
        String summary = visit.text("release.trial.summary", visit.format().number(standing.percent(), 2),
                visit.format().time(standing.since()), visit.format().number(standing.cases()), visit.format().time(standing.until()));
        int done = standing.cases() == 0 ? 100 : (int) Math.min(100, 100 * standing.challenger().answers() / standing.cases());
        return new TrialView(summary, done, standing.measure() == Trials.Measure.NONE ? ""
                : visit.text("release.trial.measure." + standing.measure().name()),
                List.of(arm(visit, "challenger", standing.challenger()), arm(visit, "champion", standing.champion())),
                visit.storeUrl("models", standing.challenger().model(), "take", "challenger"),
                visit.storeUrl("models", standing.challenger().model(), "give", "champion"));
    }

    private static Arm arm(Visit visit, String part, Trials.Arm arm) {
        String mean = arm.outcomes() == 0 ? "–" : Double.isInfinite(arm.low()) ? visit.format().number(arm.mean(), 4)
                : visit.text("release.trial.mean", visit.format().number(arm.mean(), 4), visit.format().number(arm.low(), 4),
                visit.format().number(arm.high(), 4));
        return new Arm(visit.text("release.alias." + part), visit.text("models.nth", Integer.toString(arm.number())),
                visit.format().number(arm.answers()), visit.format().number(arm.outcomes()), mean);
    }
}
