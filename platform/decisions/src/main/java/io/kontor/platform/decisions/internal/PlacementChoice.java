package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Recommended;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Decides how the list of a placement comes about for one request: by the variant of the experiment that runs there, and by one of the
 * strategies where the placement learns. Safe for use by many threads.
 */
@Component(service = PlacementChoice.class)
public final class PlacementChoice {

    private final EffectivePlacements placements;
    private final KeptExperiments experiments;
    private final KeptLearning learning;

    /**
     * What was decided.
     *
     * @param definition how the list comes about
     * @param tried the experiment that runs there and the variant that the visitor sees; empty when none does
     * @param logged what the log must know of it
     */
    record Chosen(Placement definition, Optional<Recommended.Tried> tried, Map<String, Object> logged) {

        /** A placement without choices. */
        static Chosen only(Placement placement) {
            return new Chosen(placement, Optional.empty(), Map.of());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param placements the operators' definitions
     * @param experiments what is tried
     * @param learning what was learned
     */
    @Activate
    public PlacementChoice(@Reference EffectivePlacements placements, @Reference KeptExperiments experiments,
            @Reference KeptLearning learning) {
        this.placements = placements;
        this.experiments = experiments;
        this.learning = learning;
    }

    /**
     * Decides.
     *
     * @param store the id of an existing store
     * @param placement what a request calls it
     * @param visitor the customer's pseudonym or what the shop calls the visitor; empty when nobody can be recognised
     * @param context what the visit is like, asked for when it matters
     * @return empty when the store has no enabled placement of that name
     */
    Optional<Chosen> choose(String store, String placement, Optional<String> visitor, Supplier<double[]> context) {
        return placements.effective(store, placement, visitor.orElse("")).map(found -> choose(store, found, visitor, context));
    }

    private Chosen choose(String store, Placement found, Optional<String> visitor, Supplier<double[]> context) {
        String unit = visitor.filter(name -> !name.isEmpty()).orElseGet(() -> Long.toHexString(ThreadLocalRandom.current().nextLong()));
        KeptExperiments.Assignment assignment = experiments.assign(store, found.id(), unit).orElse(null);
        if (assignment == null && !found.learns()) {
            return Chosen.only(found);
        }
        Map<String, Object> logged = new LinkedHashMap<>();
        String place = found.id();
        Placement definition = found;
        if (assignment != null) {
            definition = assignment.definition(found);
            place += "/" + assignment.experiment().id() + "/" + assignment.variant().id();
            logged.put(Served.EXPERIMENT, assignment.experiment().id());
            logged.put(Served.VARIANT, assignment.variant().id());
            logged.put(Served.UNIT, ExperimentUnits.unit(store, unit));
        }
        if (definition.learns()) {
            LoggedChoice choice = learning.choose(store, definition, place, context.get());
            logged.put(LoggedChoice.FIELD, choice.fields());
            definition = definition.with(List.of(choice.arm()));
        }
        return new Chosen(definition, Optional.ofNullable(assignment)
                .map(one -> new Recommended.Tried(one.experiment().id(), one.variant().id())), logged);
    }
}
