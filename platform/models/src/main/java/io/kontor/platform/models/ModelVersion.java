package io.kontor.platform.models;

import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import java.time.Instant;
import java.util.Map;
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
 * @param champion how good a model trained with the champion's settings was on the same data; null when there was no champion or it had
 *     the same settings
 * @param differences by how much the primary metric of the evaluation exceeds that of the rivals on the same cases, by {@link #BASELINE} and
 *     {@link #CHAMPION}; without those that it was not compared with
 * @param provenance where it comes from
 * @param sizeBytes size of the artifact
 * @param sha256 hexadecimal hash of the artifact
 */
public record ModelVersion(String id, String store, int number, Set<String> aliases, Instant createdAt, Evaluation evaluation,
        Evaluation baseline, Evaluation champion, Map<String, Difference> differences, Provenance provenance, long sizeBytes, String sha256) {

    /** Of {@link #differences}: the family's baseline. */
    public static final String BASELINE = "baseline";
    /** Of {@link #differences}: the settings of the model that served. */
    public static final String CHAMPION = "champion";
}
