package io.kontor.platform.admin.internal.families;

import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import java.util.List;
import java.util.Optional;

/** Finds the proposal that waits for a product. */
final class Pending {

    private static final int PAGE = 500;

    private final Proposals proposals;

    Pending(Proposals proposals) {
        this.proposals = proposals;
    }

    /** The latest, of whatever location. */
    Optional<Kept> of(String store, String family, String product) {
        long before = Long.MAX_VALUE;
        List<Kept> page;
        do {
            page = proposals.list(store, family, State.PENDING, before, PAGE);
            for (Kept kept : page) {
                if (kept.proposal().subject().equals(product)) {
                    return Optional.of(kept);
                }
                before = kept.id();
            }
        } while (page.size() == PAGE);
        return Optional.empty();
    }
}
