package io.kontor.api.bandit;

import java.util.Arrays;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to choose an arm: with which probability each one in a context. Called by one thread, once a logged choice; the same context gets
 * the same probabilities.
 */
@ConsumerType
@FunctionalInterface
public interface ArmPolicy {

    /**
     * The probabilities.
     *
     * @param context the features of the case; only to be read
     * @return one an arm, 0 to 1, together 1; only to be read
     */
    double[] probabilities(double[] context);

    /**
     * Always the same arm.
     *
     * @param arm which one, from 0
     * @param arms how many there are
     * @return the policy
     */
    static ArmPolicy always(int arm, int arms) {
        double[] probabilities = new double[arms];
        probabilities[arm] = 1;
        return context -> probabilities;
    }

    /**
     * Any arm, whatever the context.
     *
     * @param arms how many there are, at least 1
     * @return the policy
     */
    static ArmPolicy uniform(int arms) {
        double[] probabilities = new double[arms];
        Arrays.fill(probabilities, 1.0 / arms);
        return context -> probabilities;
    }
}
