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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    private long now;

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
        try (Recordings.Recording recording = open();
                RecordedSnapshot recorded = RecordedSnapshot.of(database, recording, job)) {
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
        try (Recordings.Recording recording = open();
                RecordedSnapshot recorded = RecordedSnapshot.of(shop.snapshot(), recording, job)) {
            assertEquals("interactions have no column price of numbers; they have [time, type, customerId, sessionId, productId, value]",
                    assertThrows(IllegalArgumentException.class, () -> recorded.interactions(batch -> batch.numbers("price"))).getMessage());
        }
    }

    @Test
    void leavesNothingWhenItIsCancelledAndSweepsWhatAKillLeft() throws Exception {
        job.cancel();
        try (Recordings.Recording recording = open();
                RecordedSnapshot recorded = RecordedSnapshot.of(shop.snapshot(), recording, job)) {
            assertThrows(CancellationException.class, () -> recorded.interactions(batch -> { }));
        }
        assertEquals(0, left());
        RecordedSnapshot.of(shop.snapshot(), open(), new Workbench.Quiet()).interactions(batch -> { });
        assertEquals(0, files.sweep(Set::of), "in use");
        assertEquals(1, new ArtifactFiles(folder, (step, file) -> { }).sweep(Set::of));
        assertEquals(0, left());
    }

    private Recordings.Recording open() {
        return new Recordings(files).open("berlin", Optional.empty());
    }

    @Test
    void runsOverTheSameRecordsReadOneFileThatTheFirstOfThemWrites() throws Exception {
        Recordings recordings = new Recordings(files, 1 << 30, () -> now);
        List<String> expected = rows(shop.snapshot()::interactions);
        int before = shop.reads();
        try (Recordings.Recording first = recordings.open("berlin", Optional.of("a"));
                Recordings.Recording second = recordings.open("berlin", Optional.of("a"));
                RecordedSnapshot one = RecordedSnapshot.of(shop.snapshot(), first, job);
                RecordedSnapshot two = RecordedSnapshot.of(shop.snapshot(), second, job)) {
            List<Callable<List<String>>> both = List.of(() -> rows(one::interactions), () -> rows(two::interactions));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            for (Future<List<String>> read : threads.invokeAll(both)) {
                assertEquals(expected, read.get());
            }
            threads.shutdown();
            assertEquals(one.info(), two.info());
            assertEquals(1, left());
        }
        try (Recordings.Recording third = recordings.open("berlin", Optional.of("a"));
                RecordedSnapshot later = RecordedSnapshot.of(shop.snapshot(), third, job)) {
            assertEquals(expected, rows(later::interactions));
        }
        assertEquals(1, shop.reads() - before, "the database was read once");
    }

    @Test
    void aFileThatNobodyReadsGoesWithTheRecordsTheTimeOrTheRoom() throws Exception {
        record(new Recordings(files), "oslo", "a");
        long bytes = Files.size(paths().get(0));
        files.discard(paths().get(0));
        Recordings recordings = new Recordings(files, bytes * 5 / 2, () -> now);
        record(recordings, "berlin", "a");
        assertEquals(1, left());
        record(recordings, "berlin", "b");
        assertEquals(1, left(), "that of the older state has gone");
        now += TimeUnit.MINUTES.toNanos(5);
        record(recordings, "paris", "a");
        record(recordings, "rome", "a");
        assertEquals(2, left(), "there is room for two");
        now += TimeUnit.MINUTES.toNanos(11);
        record(recordings, "oslo", "a");
        assertEquals(1, left());
        recordings.close();
        assertEquals(0, left());
    }

    private void record(Recordings recordings, String store, String state) {
        try (Recordings.Recording recording = recordings.open(store, Optional.of(state));
                RecordedSnapshot recorded = RecordedSnapshot.of(shop.snapshot(), recording, job)) {
            recorded.interactions(batch -> { });
        }
    }

    private long left() throws Exception {
        return paths().size();
    }

    private List<Path> paths() throws Exception {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
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
