package io.kontor.platform.models.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.models.internal.FamilyEvaluation.Holdout;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A holdout of which only the later part of the time before it is learned from; it is judged as ever. */
record LaterWindow(Holdout whole, Instant from) implements Holdout {

    private static final Set<Entity> LEARNED_FROM = Set.of(Entity.ORDERS, Entity.EVENTS, Entity.SALES, Entity.TRANSACTIONS);

    /**
     * A holdout with a shorter window.
     *
     * @param whole the holdout with the whole window
     * @param share which share of the time since the first record is learned from, the latest; 1 for all
     * @param extents how far the store's records go back
     * @return the holdout
     */
    static Holdout of(Holdout whole, double share, List<DataAccess.Extent> extents) {
        Instant first = extents.stream().filter(extent -> LEARNED_FROM.contains(extent.entity())).map(DataAccess.Extent::from)
                .filter(Objects::nonNull).min(Instant::compareTo).orElse(whole.begin());
        long seconds = Math.round(share * Duration.between(first, whole.begin()).toSeconds());
        return share >= 1 || seconds <= 0 ? whole : new LaterWindow(whole, whole.begin().minusSeconds(seconds));
    }

    @Override
    public Snapshot earlier() {
        return whole.earlier().window(from, null);
    }

    @Override
    public Instant begin() {
        return whole.begin();
    }

    @Override
    public Judgement judge(Object plugin, Object model, JobContext job) {
        return whole.judge(plugin, model, job);
    }
}
