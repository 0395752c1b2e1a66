package io.kontor.platform.models.internal.search;

import java.util.List;
import java.util.Optional;

/** Says what to try next. Immutable; a pure function of the history. */
public interface Strategy {

    /**
     * The next candidate.
     *
     * @param history what was tried of this strategy's candidates, in the order in which they were given
     * @return what to try next; empty when there is nothing more to try
     */
    Optional<Candidate> next(List<Observation> history);
}
