package io.kontor.api.bandit;

import java.util.Objects;

/**
 * What was chosen, with which probability, and what it earned. Arrays have one entry a choice, in the order of time; they are not copied and
 * must not change.
 *
 * @param arms how many arms there were, at least 1
 * @param contexts the features of each case, all of one length; finite
 * @param chosen the arm, from 0
 * @param rewards what it earned; finite
 * @param propensities the true probability with which the arm was chosen in that context, above 0 and at most 1
 */
public record LoggedChoices(int arms, double[][] contexts, int[] chosen, double[] rewards, double[] propensities) {

    /** Checks the lengths and bounds. */
    public LoggedChoices {
        Objects.requireNonNull(contexts, "contexts");
        if (contexts.length != chosen.length || rewards.length != chosen.length || propensities.length != chosen.length) {
            throw new IllegalArgumentException("choices need as many contexts, arms, rewards and propensities");
        }
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] < 0 || chosen[i] >= arms || contexts[i].length != contexts[0].length) {
                throw new IllegalArgumentException("choice " + i + " is of arm " + chosen[i] + " of " + arms + " with "
                        + contexts[i].length + " features");
            }
            if (!(propensities[i] > 0 && propensities[i] <= 1) || !Double.isFinite(rewards[i])) {
                throw new IllegalArgumentException("choice " + i + " has the propensity " + propensities[i] + " and the reward "
                        + rewards[i]);
            }
        }
    }

    /**
     * How many choices there are.
     *
     * @return at least 0
     */
    public int size() {
        return chosen.length;
    }
}
