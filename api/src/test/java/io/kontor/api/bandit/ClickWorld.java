package io.kontor.api.bandit;

import java.util.SplittableRandom;

/** Visitors of several kinds who click with probabilities that are known: a constant, a slope, an interaction that no line can follow. */
final class ClickWorld {

    static final int ARMS = 4;
    static final int FEATURES = 4;

    private static final double[][] CLICK = {
        {0.30, 0.10, 0.06, 0.20},
        {0.10, 0.28, 0.06, 0.18},
        {0.05, 0.08, 0.32, 0.16},
        {0.22, 0.05, 0.04, 0.15},
    };
    private static final double[] KINDS = {0.4, 0.3, 0.2, 0.1};

    private ClickWorld() {
    }

    /** A visitor: a constant, two marks that together tell the kind, and noise. */
    static double[] visitor(SplittableRandom random) {
        double draw = random.nextDouble();
        int kind = 0;
        while (kind < KINDS.length - 1 && draw >= KINDS[kind]) {
            draw -= KINDS[kind++];
        }
        return new double[] {1, kind & 1, kind >> 1, random.nextDouble() - 0.5};
    }

    static double click(double[] visitor, int arm) {
        return CLICK[(int) (visitor[1] + 2 * visitor[2])][arm] + 0.05 * visitor[3];
    }

    /** What a way to choose earns a visitor; the noise has no mean. */
    static double value(ArmPolicy policy) {
        double value = 0;
        for (int kind = 0; kind < KINDS.length; kind++) {
            double[] visitor = {1, kind & 1, kind >> 1, 0};
            double[] probabilities = policy.probabilities(visitor);
            for (int a = 0; a < ARMS; a++) {
                value += KINDS[kind] * probabilities[a] * click(visitor, a);
            }
        }
        return value;
    }

    static LoggedChoices log(int size, ArmPolicy logging, SplittableRandom random) {
        double[][] contexts = new double[size][];
        int[] chosen = new int[size];
        double[] rewards = new double[size];
        double[] propensities = new double[size];
        for (int i = 0; i < size; i++) {
            contexts[i] = visitor(random);
            double[] probabilities = logging.probabilities(contexts[i]);
            double draw = random.nextDouble();
            while (chosen[i] < ARMS - 1 && draw >= probabilities[chosen[i]]) {
                draw -= probabilities[chosen[i]++];
            }
            propensities[i] = probabilities[chosen[i]];
            rewards[i] = random.nextDouble() < click(contexts[i], chosen[i]) ? 1 : 0;
        }
        return new LoggedChoices(ARMS, contexts, chosen, rewards, propensities);
    }

    /** The best arm of each kind, but for a share spread evenly. */
    static ArmPolicy best(double floor) {
        return visitor -> {
            double[] probabilities = new double[ARMS];
            int best = 0;
            for (int a = 0; a < ARMS; a++) {
                probabilities[a] = floor / ARMS;
                best = click(visitor, a) > click(visitor, best) ? a : best;
            }
            probabilities[best] += 1 - floor;
            return probabilities;
        };
    }
}
