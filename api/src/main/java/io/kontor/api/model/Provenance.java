package io.kontor.api.model;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.feature.FeatureSet;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from: enough to make it again, bit for bit. Immutable.
 *
 * @param plugin the plugin's id
 * @param pluginVersion the version of its bundle
 * @param snapshot what was read
 * @param settings the effective settings by name, defaults included
 * @param seed the seed
 * @param trainedAt when the training ended
 * @param code which code trained
 * @param members what the model is made of, when it is made of other models
 * @param features what the model looks at, where the plugin tells
 */
public record Provenance(String plugin, String pluginVersion, SnapshotInfo snapshot, Map<String, Object> settings, long seed,
        Instant trainedAt, CodeVersion code, List<MemberShare> members, Optional<FeatureSet> features) {

    /**
     * Where a model comes from of whose code nothing is known.
     *
     * @param plugin the plugin's id
     * @param pluginVersion the version of its bundle
     * @param snapshot what was read
     * @param settings the effective settings by name
     * @param seed the seed
     * @param trainedAt when the training ended
     */
    public Provenance(String plugin, String pluginVersion, SnapshotInfo snapshot, Map<String, Object> settings, long seed, Instant trainedAt) {
        this(plugin, pluginVersion, snapshot, settings, seed, trainedAt, CodeVersion.UNKNOWN, List.of(), Optional.empty());
    }

    /** Checks that nothing is null and sorts the settings. */
    public Provenance {
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(pluginVersion, "pluginVersion");
        Objects.requireNonNull(snapshot, "snapshot");
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        Objects.requireNonNull(trainedAt, "trainedAt");
        Objects.requireNonNull(code, "code");
        members = List.copyOf(members);
        Objects.requireNonNull(features, "features");
    }
}
