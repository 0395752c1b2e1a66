package io.kontor.api.bandit;

import org.osgi.annotation.versioning.ConsumerType;

/** A guess of what an arm earns in a context. It may be wrong: {@link OffPolicy#doublyRobust} stays right. Called by one thread. */
@ConsumerType
@FunctionalInterface
public interface RewardModel {

    /**
     * The guess.
     *
     * @param context the features of the case; only to be read
     * @param arm which arm, from 0
     * @return the expected reward; finite
     */
    double expected(double[] context, int arm);
}
