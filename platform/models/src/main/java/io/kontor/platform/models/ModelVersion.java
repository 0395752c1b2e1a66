package io.kontor.platform.models;

import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import java.time.Instant;
import java.util.Set;

/**
 * A registered model. Immutable.
 *
 * @param id its id
 * @param store the store's id
 * @param number counts from 1 for each store and plugin
 * @param aliases champion, challenger, shadow
 * @param createdAt when it was registered
 * @param evaluation how good it was on held-out data; null when there was too little to hold out
 * @param baseline how good the family's baseline was on the same data; null when there is none
 * @param provenance where it comes from
 * @param sizeBytes size of the artifact
 * @param sha256 hexadecimal hash of the artifact
 */
public record ModelVersion(String id, String store, int number, Set<String> aliases, Instant createdAt, Evaluation evaluation,
        Evaluation baseline, Provenance provenance, long sizeBytes, String sha256) {
}
