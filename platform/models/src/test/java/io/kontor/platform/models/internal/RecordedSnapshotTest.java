package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the file must be what the database would have given. */
class RecordedSnapshotTest {

    private static final Instant NOON = Shop.BEGIN.plusSeconds(6_000 * 60);

    private final Shop shop = new Shop();
    @TempDir
    private Path folder;
    private ArtifactFiles files;
    private Workbench.Quiet job;

    @BeforeEach
    void fill() {
        files = new ArtifactFiles(folder, (step, file) -> { });
        job = new Workbench.Quiet();
        for (int i = 0; i < 10_000; i++) {
            shop.add(new Shop.Deed(i, i % 7 == 0 ? null : "c" + i % 100, "p\u00e9 \u8d27" + i % 50,
                    i % 3 == 0 ? Interaction.Type.VIEW : Interaction.Type.PURCHASE));
        }
    }

    @Test
    void givesTheSameRowsWindowsAndFingerprints() throws Exception {
        Snapshot database = shop.snapshot();
        try (RecordedSnapshot recorded = RecordedSnapshot.of(database, files, job)) {
            for (Instant[] window : new Instant[][] {{null, null}, {null, NOON}, {NOON, null}, {NOON, NOON.plusSeconds(60)}, {NOON, NOON}}) {
                Snapshot expected = database.window(window[0], window[1]);
                Snapshot actual = recorded.window(window[0], window[1]);
                assertEquals(rows(expected::interactions), rows(actual::interactions));
                assertEquals(rows(expected::interactions), rows(actual::interactions), "and again");
                assertEquals(expected.info(), actual.info());
            }
            Snapshot narrow = recorded.window(null, NOON).window(NOON.minusSeconds(120), NOON.plusSeconds(600));
            assertEquals(2, rows(narrow::interactions).size(), "a window in a window cannot be wider");
        }
        assertEquals(0, left());
    }

    @Test
    void namesTheColumnsThatThereAre() throws Exception {
        try (RecordedSnapshot recorded = RecordedSnapshot.of(shop.snapshot(), files, job)) {
            assertEquals("interactions have no column price of numbers; they have [time, type, customerId, sessionId, productId, value]",
                    assertThrows(IllegalArgumentException.class, () -> recorded.interactions(batch -> batch.numbers("price"))).getMessage());
        }
    }

    @Test
    void leavesNothingWhenItIsCancelledAndSweepsWhatAKillLeft() throws Exception {
        job.cancel();
        assertThrows(CancellationException.class, () -> RecordedSnapshot.of(shop.snapshot(), files, job).interactions(batch -> { }));
        assertEquals(0, left());
        RecordedSnapshot.of(shop.snapshot(), files, new Workbench.Quiet()).interactions(batch -> { });
        assertEquals(0, files.sweep(Set::of), "in use");
        assertEquals(1, new ArtifactFiles(folder, (step, file) -> { }).sweep(Set::of));
        assertEquals(0, left());
    }

    private long left() throws Exception {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }

    private static List<String> rows(Consumer<Consumer<ColumnBatch>> interactions) {
        List<String> rows = new ArrayList<>();
        interactions.accept(batch -> {
            for (int i = 0; i < batch.size(); i++) {
                rows.add(batch.times("time")[i] + " " + batch.texts("type")[i] + " " + batch.texts("customerId")[i] + " "
                        + batch.texts("sessionId")[i] + " " + batch.texts("productId")[i] + " " + batch.numbers("value")[i]);
            }
        });
        return rows;
    }
}
