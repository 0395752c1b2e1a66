package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts on the disk, whole or not at all. */
class ArtifactFilesTest {

    private static final Key KEY = new Key("berlin", "com.acme.shelf");
    private static final byte[] BYTES = "what was learned".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    /** What a kill looks like from inside: nothing after it runs, not even what cleans up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void givesBackWhatWasWrittenWithItsSizeAndChecksum() throws Exception {
        ArtifactFiles files = files();
        ArtifactFiles.Artifact artifact = files.write(KEY, "m1", out -> out.write(BYTES));
        assertEquals(BYTES.length, artifact.sizeBytes());
        assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES)), artifact.sha256());
        try (InputStream in = files.open(KEY, "m1", artifact.sha256())) {
            assertArrayEquals(BYTES, in.readAllBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(ArtifactFiles.Step.class)
    void atWhateverStepItEndsThereIsAWholeArtifactOrNoneAndTheNextStartSweepsIt(ArtifactFiles.Step last) throws Exception {
        ArtifactFiles dying = new ArtifactFiles(root, (step, file) -> {
            if (step == last) {
                copyBeforeCleaning(file);
                throw new Killed();
            }
        });
        assertThrows(Killed.class, () -> dying.write(KEY, "m1", out -> out.write(BYTES)));
        restoreTheCopy();
        for (Path file : remaining()) {
            boolean complete = file.toString().endsWith(".model");
            assertEquals(complete, last == ArtifactFiles.Step.RENAMED || last == ArtifactFiles.Step.DURABLE, file + " after " + last);
            if (complete) {
                assertArrayEquals(BYTES, Files.readAllBytes(file));
            }
        }
        assertEquals(1, files().sweep(Set::of));
        assertEquals(List.of(), remaining());
    }

    /** A kill leaves the temporary file, an exception does not: so what lay there is put back afterwards. */
    private void copyBeforeCleaning(Path file) {
        try {
            Path partial = Path.of(file.toString().replace(".model", ".part"));
            Path present = Files.exists(partial) ? partial : file;
            Files.copy(present, root.resolveSibling(root.getFileName() + ".kept"));
            Files.writeString(root.resolveSibling(root.getFileName() + ".name"), present.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void restoreTheCopy() throws IOException {
        Path kept = root.resolveSibling(root.getFileName() + ".kept");
        Path name = root.resolveSibling(root.getFileName() + ".name");
        Files.move(kept, Path.of(Files.readString(name)), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(name);
    }

    @Test
    void leavesNothingWhenTheContentFails() {
        assertThrows(IOException.class, () -> files().write(KEY, "m1", out -> {
            out.write(BYTES);
            throw new IOException("no more");
        }));
        assertEquals(List.of(), remaining());
    }

    @Test
    void refusesAnArtifactThatWasChangedOrIsMissing() throws Exception {
        ArtifactFiles files = files();
        ArtifactFiles.Artifact artifact = files.write(KEY, "m1", out -> out.write(BYTES));
        Path file = remaining().get(0);
        byte[] changed = BYTES.clone();
        changed[3] ^= 1;
        Files.write(file, changed);
        KontorException refused = assertThrows(KontorException.class, () -> files.open(KEY, "m1", artifact.sha256()));
        assertEquals(KontorException.Kind.INTERNAL, refused.kind());
        assertEquals("The artifact of model m1 of plugin com.acme.shelf for store berlin was changed on the disk; train again or make another"
                + " model the champion.", refused.getMessage());
        Files.delete(file);
        assertTrue(assertThrows(KontorException.class, () -> files.open(KEY, "m1", artifact.sha256())).getMessage().contains("is missing"));
    }

    @Test
    void sweepsOnlyWhatNobodyRegisteredAndWhatIsNotBeingWritten() throws Exception {
        ArtifactFiles before = files();
        before.write(KEY, "registered", out -> out.write(BYTES));
        before.write(KEY, "orphan", out -> out.write(BYTES));
        ArtifactFiles now = files();
        now.write(KEY, "new", out -> {
            out.write(BYTES);
            assertEquals(1, now.sweep(() -> Set.of("registered")), "the orphan goes, the one in the making stays");
        });
        assertEquals(0, now.sweep(() -> Set.of("registered")), "what this run wrote is about to be registered");
        assertEquals(List.of("new.model", "registered.model"), remaining().stream().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void namesCannotLeaveTheFolder() throws Exception {
        Key escape = new Key("..", "../../etc/passwd");
        files().write(escape, "m1", out -> out.write(BYTES));
        Path file = remaining().get(0);
        assertTrue(file.toRealPath().startsWith(root.toRealPath()), file.toString());
        files().deleteStore("..");
        assertEquals(List.of(), remaining());
        assertTrue(Files.isDirectory(root));
    }

    @Test
    void deletingAStoreLeavesTheOthers() throws Exception {
        ArtifactFiles files = files();
        files.write(KEY, "m1", out -> out.write(BYTES));
        files.write(new Key("paris", "com.acme.shelf"), "m2", out -> out.write(BYTES));
        files.deleteStore("berlin");
        assertFalse(Files.exists(root.resolve("berlin")));
        assertEquals(1, remaining().size());
    }

    private ArtifactFiles files() {
        return new ArtifactFiles(root, (step, file) -> { });
    }

    private List<Path> remaining() {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
