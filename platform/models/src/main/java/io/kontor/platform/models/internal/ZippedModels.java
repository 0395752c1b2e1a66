package io.kontor.platform.models.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.model.CodeVersion;
import io.kontor.api.model.Provenance;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelExchange;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Models as zip files. The artifact goes through its checksum on the way out and on the way in, and is read by its plugin before it counts. */
@Component(service = ModelExchange.class)
public final class ZippedModels implements ModelExchange {

    private static final String MANIFEST = "manifest.json";
    private static final String ARTIFACT = "artifact";
    private static final int FORMAT = 1;
    private static final int LONGEST_MANIFEST = 8 << 20;
    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() { };

    private final DatabaseModelRegistry registry;
    private final ArtifactFiles files;
    private final Activations activations;
    private final ModelJson json = new ModelJson();

    /** A stream that somebody else closes. */
    private static final class Open extends FilterInputStream {

        Open(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the zip goes on
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param registry has the models
     * @param files has their artifacts
     * @param activations makes instances that read them
     */
    @Activate
    public ZippedModels(@Reference DatabaseModelRegistry registry, @Reference ArtifactFiles files, @Reference Activations activations) {
        this.registry = registry;
        this.files = files;
        this.activations = activations;
    }

    @Override
    public void write(String store, String id, OutputStream out) throws IOException {
        ModelVersion model = registry.find(store, id).orElseThrow(() -> new NoSuchElementException("There is no model \"" + id + "\"."));
        try (InputStream artifact = files.open(new Key(store, model.provenance().plugin()), id, model.sha256())) {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(json.tree(manifest(model)));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry(ARTIFACT));
            artifact.transferTo(zip);
            zip.closeEntry();
            zip.finish();
        }
    }

    private Map<String, Object> manifest(ModelVersion model) {
        Provenance provenance = model.provenance();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        tree.put("id", model.id());
        tree.put("number", model.number());
        tree.put("plugin", provenance.plugin());
        tree.put("pluginVersion", provenance.pluginVersion());
        tree.put("trainedAt", provenance.trainedAt().toString());
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("from", text(provenance.snapshot().from()));
        snapshot.put("to", text(provenance.snapshot().to()));
        snapshot.put("rows", provenance.snapshot().rows());
        snapshot.put("hash", provenance.snapshot().hash());
        snapshot.put("withheld", provenance.snapshot().withheld());
        tree.put("snapshot", snapshot);
        tree.put("settings", provenance.settings());
        tree.put("seed", provenance.seed());
        tree.put("members", json.members(provenance.members()));
        tree.put("features", json.features(provenance.features()));
        tree.put("code", Map.of("bundleSha256", provenance.code().bundleSha256(), "platform", provenance.code().platform()));
        tree.put("evaluation", json.evaluation(model.evaluation()));
        tree.put("baseline", json.evaluation(model.baseline()));
        tree.put("champion", json.evaluation(model.champion()));
        tree.put("differences", json.differences(model.differences()));
        tree.put("profile", registry.profile(model.store(), model.id()).map(json::profile).orElse(null));
        tree.put("sizeBytes", model.sizeBytes());
        tree.put("sha256", model.sha256());
        return tree;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    @Override
    public ModelVersion read(String store, InputStream in, String by) throws IOException {
        try {
            ZipInputStream zip = new ZipInputStream(in);
            ZipEntry first = zip.getNextEntry();
            if (first == null || !first.getName().equals(MANIFEST)) {
                throw refused("it is no zip that begins with " + MANIFEST);
            }
            byte[] manifest = zip.readNBytes(LONGEST_MANIFEST);
            Map<String, Object> tree = json.tree(manifest, TREE);
            ZipEntry second = zip.getNextEntry();
            if (second == null || !second.getName().equals(ARTIFACT)) {
                throw refused("it has no " + ARTIFACT);
            }
            return read(store, tree, zip, by);
        } catch (ZipException | EOFException e) {
            throw refused("it is damaged or not whole");
        } catch (ClassCastException | NullPointerException | DateTimeException | IllegalArgumentException e) {
            throw refused("its " + MANIFEST + " lacks something or has something of the wrong form");
        }
    }

    private ModelVersion read(String store, Map<String, Object> tree, InputStream bytes, String by) throws IOException {
        if (!Integer.valueOf(FORMAT).equals(tree.get("format"))) {
            throw refused("its format is " + tree.get("format") + " and not " + FORMAT);
        }
        Provenance provenance = provenance(tree);
        Judged judged = judged(tree);
        String sha256 = (String) tree.get("sha256");
        long size = ((Number) tree.get("sizeBytes")).longValue();
        Key key = new Key(store, provenance.plugin());
        try (Activations.Trial trial = activations.trial(store, provenance.plugin(), Map.of())) {
            fits(provenance, trial.version());
            return keep(key, Contestant.of(key, trial), new Incoming(provenance, judged, profile(tree), sha256, size), bytes, by);
        } catch (NoSuchElementException | SettingsRefusedException e) {
            throw new KontorException(Kind.CONFIGURATION, "The model is of plugin " + provenance.plugin()
                    + ", which is not enabled for store " + store + "; enable it first.", e);
        }
    }

    private Judged judged(Map<String, Object> tree) {
        try {
            return new Judged(json.evaluation((String) tree.get("evaluation")), json.evaluation((String) tree.get("baseline")),
                    json.evaluation((String) tree.get("champion")), json.differences((String) tree.get("differences")));
        } catch (KontorException e) {
            throw refused("its " + MANIFEST + " has an evaluation that cannot be read");
        }
    }

    private ReferenceProfile profile(Map<String, Object> tree) {
        try {
            return tree.get("profile") == null ? null : json.profile((String) tree.get("profile"));
        } catch (KontorException e) {
            throw refused("its " + MANIFEST + " has a profile that cannot be read");
        }
    }

    /** What the manifest promises. */
    private record Incoming(Provenance provenance, Judged judged, ReferenceProfile profile, String sha256, long size) {
    }

    private ModelVersion keep(Key key, Contestant<?> reader, Incoming incoming, InputStream bytes, String by) throws IOException {
        String id = UUID.randomUUID().toString();
        boolean registered = false;
        try {
            ArtifactFiles.Artifact artifact = files.write(key, id, out -> copy(bytes, out, incoming.size()));
            if (!artifact.sha256().equals(incoming.sha256()) || artifact.sizeBytes() != incoming.size()) {
                throw refused("its artifact is not the one that was written: the checksum differs");
            }
            reader.readBack(files, id, artifact);
            ModelVersion model = registry.register(new NewModel(id, key.store(), "import", artifact, incoming.provenance(), incoming.judged(),
                    new Verdict(false, "Imported from a file."), incoming.profile()), by, AliasChange.Cause.IMPORTED).model();
            registered = true;
            return model;
        } finally {
            if (!registered) {
                files.delete(key, id);
            }
        }
    }

    /** No more than promised, so that a small file cannot fill the disk. */
    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        InputStream open = new Open(in);
        byte[] buffer = new byte[1 << 16];
        long left = size;
        for (int read = open.read(buffer); read >= 0; read = open.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw refused("its artifact is longer than its " + MANIFEST + " says");
            }
            out.write(buffer, 0, read);
        }
    }

    private static void fits(Provenance provenance, Version running) {
        Version written = Version.parseVersion(provenance.pluginVersion());
        if (written.getMajor() != running.getMajor() || written.compareTo(running) > 0) {
            throw new KontorException(Kind.CONFIGURATION, "The model was written by version " + written + " of plugin " + provenance.plugin()
                    + ", and version " + running + " runs for the store; a model is read by the same or a later version with the same first "
                    + "number.");
        }
    }

    @SuppressWarnings("unchecked")
    private Provenance provenance(Map<String, Object> tree) {
        Map<String, Object> snapshot = (Map<String, Object>) tree.get("snapshot");
        return new Provenance((String) tree.get("plugin"), (String) tree.get("pluginVersion"), new SnapshotInfo(time(snapshot.get("from")),
                time(snapshot.get("to")), ((Number) snapshot.get("rows")).longValue(), (String) snapshot.get("hash"),
                ((Number) snapshot.getOrDefault("withheld", 0)).longValue()),
                (Map<String, Object>) tree.get("settings"), ((Number) tree.get("seed")).longValue(), time(tree.get("trainedAt")),
                code((Map<String, Object>) tree.get("code")), json.members((String) tree.get("members")),
                json.features((String) tree.get("features")));
    }

    /** Files of earlier versions do not tell. */
    private static CodeVersion code(Map<String, Object> tree) {
        return tree == null ? CodeVersion.UNKNOWN : new CodeVersion((String) tree.get("bundleSha256"), (String) tree.get("platform"));
    }

    private static Instant time(Object text) {
        return text == null ? null : Instant.parse((String) text);
    }

    private static KontorException refused(String why) {
        return new KontorException(Kind.DATA, "The file is no model that can be imported: " + why + ".");
    }
}
