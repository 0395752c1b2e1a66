package io.kontor.platform.models.internal;

import io.kontor.api.model.Provenance;
import io.kontor.platform.models.ReferenceProfile;

/**
 * A model whose artifact is durable and that is about to be registered. Immutable.
 *
 * @param id its id
 * @param store the store's id
 * @param job the job that made it
 * @param artifact size and checksum of what was written
 * @param provenance where it comes from
 * @param judged how good it and its rivals were on held-out data
 * @param verdict whether it shall serve, and why
 * @param profile what it learned from and how it answered, in histograms; null when that is not known
 */
record NewModel(String id, String store, String job, ArtifactFiles.Artifact artifact, Provenance provenance, Judged judged,
        Verdict verdict, ReferenceProfile profile) {

    ChampionIndex.Key key() {
        return new ChampionIndex.Key(store, provenance.plugin());
    }
}
