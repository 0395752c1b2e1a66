package io.kontor.platform.models;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which models of a plugin serve for a store at a moment. Immutable.
 *
 * @param champion the model that serves
 * @param championSince since when; null when unknown or there is none
 * @param challenger the model that may be next
 * @param canarySince since when the challenger answers a share of the requests; null when it does not
 * @param shadow the model that is asked beside the champion and whose answers nobody gets
 * @param previous the champion to go back to
 * @param policy how models come to serve
 */
public record Release(Optional<Bearer> champion, Instant championSince, Optional<Bearer> challenger, Instant canarySince,
        Optional<Bearer> shadow, Optional<Bearer> previous, ReleasePolicy policy) {

    /** A plugin without models. */
    public static final Release NONE = new Release(Optional.empty(), null, Optional.empty(), null, Optional.empty(), Optional.empty(),
            ReleasePolicy.DEFAULT);

    /**
     * A model that has an alias.
     *
     * @param id its id
     * @param number its number
     * @param sha256 the checksum of its artifact
     * @param quality its primary metric when it was registered, the higher the better (turned round where lower is better); NaN when it was
     *     not judged
     */
    public record Bearer(String id, int number, String sha256, double quality) {

        /**
         * A model that was not judged.
         *
         * @param id its id
         * @param number its number
         * @param sha256 the checksum of its artifact
         */
        public Bearer(String id, int number, String sha256) {
            this(id, number, sha256, Double.NaN);
        }
    }

    /**
     * Whether a canary runs: the challenger answers a share of the requests, the champion the others.
     *
     * @return true while it does
     */
    public boolean canary() {
        return canarySince != null && champion.isPresent() && challenger.isPresent() && policy.canary().percent() > 0
                && !challenger.get().id().equals(champion.get().id());
    }

    /**
     * Whether the champion is so new that the guards still watch it, and there is one to go back to.
     *
     * @param now the moment
     * @return true for the hours that the policy says
     */
    public boolean newChampion(Instant now) {
        return previous.isPresent() && championSince != null && champion.isPresent()
                && now.isBefore(championSince.plus(Duration.ofHours(policy.guards().hours())));
    }

    /**
     * Who has an alias.
     *
     * @param alias champion, challenger or shadow
     * @return the model, or empty
     */
    public Optional<Bearer> bearer(String alias) {
        return switch (alias) {
            case ModelRegistry.CHAMPION -> champion;
            case ModelRegistry.CHALLENGER -> challenger;
            case ModelRegistry.SHADOW -> shadow;
            default -> throw new IllegalArgumentException("alias must be champion, challenger or shadow, not " + alias);
        };
    }
}
