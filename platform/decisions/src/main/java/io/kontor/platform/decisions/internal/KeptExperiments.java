package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.store.Store;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps experiments in the database, those of the stores asked about lately in memory too. What another server changes is seen within a few
 * seconds.
 */
@Component(service = {KeptExperiments.class, Experiments.class, StoreListener.class})
public final class KeptExperiments implements Experiments, StoreListener {

    private static final int MOST_STORES = 2_000;
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofHours(1);

    private final Database database;
    private final Placements placements;
    private final DecisionLog log;
    private final LoadingCache<String, List<Experiment>> experiments;

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the experiments
     * @param placements on which they are made
     * @param log has the answers
     */
    @Activate
    public KeptExperiments(@Reference Database database, @Reference Placements placements, @Reference DecisionLog log) {
        this.database = database;
        this.placements = placements;
        this.log = log;
        this.experiments = Caffeine.newBuilder().maximumSize(MOST_STORES).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(store -> database.jdbc(connection -> List.copyOf(ExperimentTable.list(connection, store))));
    }

    @Override
    public List<Experiment> list(String store) {
        return experiments.get(store);
    }

    @Override
    public Optional<Experiment> find(String store, String id) {
        return list(store).stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public Experiment put(String store, Experiment wanted, String by) throws FormRefusedException {
        Optional<Experiment> before = wanted.id() == null ? Optional.empty() : find(store, wanted.id());
        new ExperimentCheck(placements, store, list(store)).check(wanted, before);
        Experiment kept = before.map(known -> new Experiment(wanted.id(), wanted.title(), wanted.placement(), wanted.variants(),
                wanted.minDays(), wanted.minUnits(), known.startedAt(), known.startedBy(), known.finishedAt(), known.winner()))
                .orElseGet(() -> wanted.started(Instant.now().truncatedTo(ChronoUnit.MILLIS), by));
        keep(store, kept);
        return kept;
    }

    private void keep(String store, Experiment experiment) {
        experiments.put(store, database.jdbc(connection -> {
            ExperimentTable.put(connection, store, experiment);
            return List.copyOf(ExperimentTable.list(connection, store));
        }));
    }

    @Override
    public boolean delete(String store, String id) {
        log.awaitWritten();
        boolean deleted = database.jdbc(connection -> ExperimentTable.delete(connection, store, id));
        experiments.invalidate(store);
        return deleted;
    }

    @Override
    public Optional<Results> results(String store, String id) {
        log.awaitWritten();
        return find(store, id).map(experiment -> ExperimentStatistics.results(experiment,
                database.jdbc(connection -> ExperimentUnits.sums(connection, store, id)), Instant.now()));
    }

    @Override
    public Experiment finish(String store, String id, Optional<String> winner, String by) throws FormRefusedException {
        Experiment experiment = find(store, id).orElseThrow(() -> new NoSuchElementException("There is no experiment \"" + id + "\"."));
        Optional<Experiment.Variant> best = winner.flatMap(name -> experiment.variants().stream()
                .filter(variant -> variant.id().equals(name)).findFirst());
        if (!experiment.running()) {
            throw ExperimentCheck.refusal("id", "is that of an experiment that has ended already");
        } else if (winner.isPresent() && best.isEmpty()) {
            throw ExperimentCheck.refusal("winner", "is no variant of the experiment");
        }
        Optional<Placement> placement = placements.find(store, experiment.placement());
        if (best.isPresent() && best.get().definition() != null && placement.isPresent()) {
            placements.put(store, definition(placement.get(), best.get()), by);
        }
        Experiment ended = experiment.finished(Instant.now().truncatedTo(ChronoUnit.MILLIS), best.map(Experiment.Variant::id).orElse(null));
        keep(store, ended);
        return ended;
    }

    /**
     * Which experiment and variant a request meets.
     *
     * @param store the store's id
     * @param placement the placement's id
     * @param unit the customer's pseudonym or what names a visitor
     * @return empty when no experiment runs there
     */
    Optional<Assignment> assign(String store, String placement, String unit) {
        for (Experiment experiment : list(store)) {
            if (experiment.running() && experiment.placement().equals(placement)) {
                return Optional.of(new Assignment(experiment, variant(experiment, unit)));
            }
        }
        return Optional.empty();
    }

    /** A unit in an experiment. */
    record Assignment(Experiment experiment, Experiment.Variant variant) {

        /** How lists come about for this unit. */
        Placement definition(Placement placement) {
            return variant.definition() == null ? placement : KeptExperiments.definition(placement, variant);
        }
    }

    private static Placement definition(Placement placement, Experiment.Variant variant) {
        return variant.definition().asIn(placement);
    }

    private static Experiment.Variant variant(Experiment experiment, String unit) {
        List<Experiment.Variant> variants = experiment.variants();
        double whole = variants.stream().mapToDouble(Experiment.Variant::share).sum();
        double left = Sticky.percent(experiment.id(), unit) / 100 * whole;
        for (Experiment.Variant variant : variants) {
            left -= variant.share();
            if (left < 0) {
                return variant;
            }
        }
        return variants.get(variants.size() - 1);
    }

    @Override
    public void present(Store store) {
        // a store begins without experiments
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            ExperimentTable.deleteAll(connection, store.id());
            return null;
        });
        experiments.invalidate(store.id());
    }
}
