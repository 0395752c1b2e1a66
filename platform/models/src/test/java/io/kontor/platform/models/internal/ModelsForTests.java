package io.kontor.platform.models.internal;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import io.kontor.api.model.Slice;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Registers models without training. */
final class ModelsForTests {

    static final Instant FROM = Instant.parse("2026-01-01T00:00:00.123Z");

    private ModelsForTests() {
    }

    /** An index that looks for what others changed only when it is told to. */
    static ChampionIndex index(Database database) {
        return new ChampionIndex(database, null);
    }

    /** A model of which only the name of its plugin and store matters; its artifact is that name and its id. */
    static ModelVersion register(DatabaseModelRegistry registry, ArtifactFiles files, Key key, boolean promoted) {
        return registered(registry, files, key, promoted).model();
    }

    /** The same with what became of it. */
    static DatabaseModelRegistry.Registered registered(DatabaseModelRegistry registry, ArtifactFiles files, Key key, boolean promoted) {
        String id = UUID.randomUUID().toString();
        try {
            ArtifactFiles.Artifact artifact = files.write(key, id, out -> out.write(id.getBytes(StandardCharsets.UTF_8)));
            return registry.register(describe(id, key, artifact, promoted));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static NewModel describe(String id, Key key, ArtifactFiles.Artifact artifact, boolean promoted) {
        Provenance provenance = new Provenance(key.plugin(), "1.2.0", new SnapshotInfo(FROM, FROM.plusSeconds(60), 12, "abc"),
                Map.of("depth", 5L, "mode", "fast", "weights", List.of(0.5, 2.0)), 42, FROM.plusSeconds(120));
        Interval interval = new Interval(0.1, 0.15, 0.95);
        Evaluation evaluation = new Evaluation(Map.of("ndcg@10", 0.125), "ndcg@10", true, 33, Map.of("ndcg@10", interval),
                List.of(new Slice("category", "Shoes", 12, Map.of("ndcg@10", 0.25), Map.of("ndcg@10", interval))), Map.of(),
                List.of(new LeakSuspect(new Feature.Category("attr.status", Feature.Encoding.TARGET, 1), 0.998)));
        return new NewModel(id, key.store(), "job-" + id, artifact, provenance,
                new Judged(evaluation, null, evaluation, Map.of("champion", new Difference(-0.01, new Interval(-0.02, 0.01, 0.95)))),
                new Verdict(promoted, "because"), null);
    }
}
