package io.kontor.platform.models.internal.search;

import java.util.List;
import java.util.Optional;

/**
 * Draws evenly (Bergstra and Bengio, Random search for hyper-parameter optimization, 2012), nothing twice.
 *
 * @param space what is searched
 * @param seed the only source of randomness
 */
public record RandomSearch(Space space, long seed) implements Strategy {

    @Override
    public Optional<Candidate> next(List<Observation> history) {
        return space.drawNew(Space.random(seed, history.size()), Space.tried(history)).map(drawn -> new Candidate(drawn, 1));
    }
}
