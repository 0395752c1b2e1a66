package io.kontor.api.bandit;

/** Guesses rewards by a ridge regression for each arm. Immutable. */
public final class RidgeRewards implements RewardModel {

    private final LinearArm[] arms;

    private RidgeRewards(LinearArm[] arms) {
        this.arms = arms;
    }

    /**
     * Learns from logged choices. That they were not chosen evenly needs no correction: each arm is judged given the context.
     *
     * @param choices what was chosen and earned; at least one
     * @param ridge the penalty, above 0
     * @return the model
     */
    public static RidgeRewards fit(LoggedChoices choices, double ridge) {
        return fit(choices, ridge, 1, -1);
    }

    // Learns from all choices but those of one fold.
    static RidgeRewards fit(LoggedChoices choices, double ridge, int folds, int without) {
        LinearArm[] arms = new LinearArm[choices.arms()];
        for (int a = 0; a < arms.length; a++) {
            arms[a] = new LinearArm(choices.contexts()[0].length, ridge);
        }
        for (int i = 0; i < choices.size(); i++) {
            if (i % folds != without) {
                arms[choices.chosen()[i]].add(choices.contexts()[i], choices.rewards()[i]);
            }
        }
        return new RidgeRewards(arms);
    }

    @Override
    public double expected(double[] context, int arm) {
        return arms[arm].expected(context);
    }
}
