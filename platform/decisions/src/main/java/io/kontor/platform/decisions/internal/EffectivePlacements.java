package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Decides which definition of a placement answers a request: the one place that serving asks. Safe for use by many threads. */
@Component(service = EffectivePlacements.class)
public final class EffectivePlacements {

    private final Placements placements;

    /**
     * Made by Declarative Services.
     *
     * @param placements the operators' definitions
     */
    @Activate
    public EffectivePlacements(@Reference Placements placements) {
        this.placements = placements;
    }

    /**
     * The definition that holds.
     *
     * @param store the id of an existing store
     * @param placement what a request calls it
     * @param unit for whom, always the same for one customer or visit; empty when nobody can be recognised
     * @return empty when the store has no enabled placement of that name
     */
    Optional<Placement> effective(String store, String placement, String unit) {
        return placements.find(store, placement).filter(Placement::enabled);
    }
}
