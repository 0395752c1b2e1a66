package io.kontor.platform.models.internal;

import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;

/**
 * A model whose artifact is durable and that is about to be registered. Immutable.
 *
 * @param id its id
 * @param store the store's id
 * @param job the job that made it
 * @param artifact size and checksum of what was written
 * @param provenance where it comes from
 * @param evaluation how good it was on held-out data; null when unknown
 * @param baseline how good the family's baseline was on the same data; null when unknown
 * @param verdict whether it shall serve, and why
 */
record NewModel(String id, String store, String job, ArtifactFiles.Artifact artifact, Provenance provenance, Evaluation evaluation,
        Evaluation baseline, Verdict verdict) {

    ChampionIndex.Key key() {
        return new ChampionIndex.Key(store, provenance.plugin());
    }
}
