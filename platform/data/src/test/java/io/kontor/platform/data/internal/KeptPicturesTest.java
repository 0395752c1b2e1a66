package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Pictures;
import io.kontor.platform.data.internal.PictureArchive.RefusedPicture;
import io.kontor.platform.data.internal.PictureArchive.Unpacked;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Pictures of products. */
class KeptPicturesTest {

    private static final Runnable NOTHING = () -> { };

    private static InputStream picture(int rgb) {
        return new ByteArrayInputStream(Drawn.file("png", 20, 10, rgb));
    }

    private static InputStream zip(Drawn.Entry... entries) {
        return new ByteArrayInputStream(Drawn.zip(List.of(entries)));
    }

    private static long rows(Bench bench, String table) {
        return bench.database.jdbc(connection -> {
            try (var row = connection.createStatement().executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aPictureIsKeptReplacedShownAndRemoved(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            KeptPictures pictures = new KeptPictures(bench.folder, bench.database, bench.jobs);
            Pictures none = pictures.pictures("shop");
            assertEquals(0, none.size());
            pictures.put("shop", "a/绿 茶.png", picture(0xff0000), "anna");
            Pictures one = pictures.pictures("shop");
            assertNotSame(none, one);
            String key = one.key("a/绿 茶.png").orElseThrow();
            assertEquals(Optional.of(key), one.key("https://cdn.shop/x/a/%E7%BB%BF%20%E8%8C%B6.png?v=2"));
            assertEquals(20, pictures.picture("shop", key).orElseThrow().width());
            pictures.put("shop", "same.png", picture(0xff0000), "anna");
            assertEquals(1, rows(bench, "picture_bytes"), "the same bytes are kept once");
            pictures.put("shop", "a/绿 茶.png", picture(0x00ff00), "ben");
            assertNotEquals(Optional.of(key), pictures.pictures("shop").key("a/绿 茶.png"));
            assertEquals(2, rows(bench, "picture_bytes"));
            assertSame(pictures.pictures("shop"), pictures.pictures("shop"));
            assertEquals(List.of("ben", "anna"), pictures.list("shop", "", 10).stream().map(kept -> kept.uploadedBy()).toList());
            assertEquals("same.png", pictures.list("shop", "a/绿 茶.png", 10).get(0).name());
            assertTrue(pictures.shown("shop", "/same.png").isPresent());
            assertTrue(pictures.remove("shop", "same.png"));
            assertFalse(pictures.remove("shop", "same.png"));
            assertEquals(1, rows(bench, "picture_bytes"));
            assertEquals(1, pictures.count("shop"));
            assertTrue(pictures.shown("other", "a/绿 茶.png").isEmpty());
            pictures.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anArchiveIsTakenFileByFileAndWhatIsNoPictureIsNamed(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            KeptPictures pictures = new KeptPictures(bench.folder, bench.database, bench.jobs);
            List<Drawn.Entry> entries = new ArrayList<>();
            for (int i = 0; i < 420; i++) {
                entries.add(new Drawn.Entry("p/" + i + ".png", Drawn.file("png", 8, 8, i / 2 * 2_000)));
            }
            entries.add(new Drawn.Entry("empty/", new byte[0]));
            entries.add(new Drawn.Entry("__MACOSX/p/._0.png", new byte[] {1}));
            entries.add(new Drawn.Entry("win\\q.png", Drawn.file("png", 8, 8, 7)));
            entries.add(new Drawn.Entry("../up.png", Drawn.file("png", 8, 8, 7)));
            entries.add(new Drawn.Entry("readme.txt", "hello".getBytes()));
            Unpacked unpacked = pictures.putAll("shop", new ByteArrayInputStream(Drawn.zip(entries)), "anna", NOTHING);
            assertEquals(421, unpacked.stored());
            assertEquals(2, unpacked.refused());
            assertEquals(List.of("../up.png", "readme.txt"), unpacked.named().stream().map(RefusedPicture::name).toList());
            assertEquals("This is no JPEG, PNG, GIF, BMP or WebP picture.", unpacked.named().get(1).reason());
            assertEquals(421, pictures.count("shop"));
            long kept = rows(bench, "picture_bytes");
            assertTrue(kept < 250, "the same bytes are kept once: " + kept);
            assertEquals(421, pictures.putAll("shop", new ByteArrayInputStream(Drawn.zip(entries)), "ben", NOTHING).stored());
            assertEquals(421, pictures.count("shop"), "each in place of itself");
            assertEquals(kept, rows(bench, "picture_bytes"));
            assertEquals("ben", pictures.list("shop", "", 1).get(0).uploadedBy());
            assertTrue(pictures.pictures("shop").key("win/q.png").isPresent());
            byte[] whole = Drawn.zip(entries);
            Unpacked cut = pictures.putAll("cut", new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 3 - 17)), "anna", NOTHING);
            assertTrue(cut.stored() > 10 && cut.named().get(0).reason().startsWith("The archive is damaged behind file "), cut.toString());
            assertEquals(cut.stored(), pictures.count("cut"));
            pictures.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void nothingIsUnpackedBehindAFileThatIsTooLarge(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            KeptPictures pictures = new KeptPictures(bench.folder, bench.database, bench.jobs);
            byte[] zeros = new byte[(16 << 20) + 1];
            Unpacked unpacked = pictures.putAll("shop", zip(new Drawn.Entry("a.png", Drawn.file("png", 8, 8, 1)),
                    new Drawn.Entry("bomb.png", zeros), new Drawn.Entry("b.png", Drawn.file("png", 8, 8, 2))), "anna", NOTHING);
            assertEquals(new Unpacked(1, 1, List.of(new RefusedPicture("bomb.png",
                    "The archive is too large here; nothing behind it was read."))), unpacked);
            assertEquals(KontorException.Kind.CAPACITY, assertThrows(KontorException.class,
                    () -> pictures.put("shop", "c.png", new ByteArrayInputStream(zeros), "anna")).kind());
            for (String name : new String[] {"", ".a", "a//b", "../a", "a/../b", "a\\b", "a\nb", "/a", "a".repeat(101), "a/".repeat(12) + "b"}) {
                assertEquals(KontorException.Kind.DATA,
                        assertThrows(KontorException.class, () -> pictures.put("shop", name, picture(1), "anna"), name).kind(), name);
            }
            assertEquals(1, pictures.count("shop"));
            pictures.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aReceivedArchiveIsUnpackedByAJobThatMayBeBrokenOff(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            KeptPictures pictures = new KeptPictures(bench.folder, bench.database, bench.jobs);
            assertEquals(KontorException.Kind.DATA, assertThrows(KontorException.class,
                    () -> pictures.submit("shop", new ByteArrayInputStream(new byte[100]), Starter.SYSTEM)).kind());
            List<Drawn.Entry> entries = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                entries.add(new Drawn.Entry(i + ".png", Drawn.file("png", 8, 8, i * 2_000)));
            }
            entries.add(new Drawn.Entry("readme.txt", "hello".getBytes()));
            String id = pictures.submit("shop", new ByteArrayInputStream(Drawn.zip(entries)), Starter.of("anna"));
            assertEquals(0, pictures.count("shop"));
            PictureJob job = new PictureJob(bench.folder, bench.database, pictures);
            assertThrows(CancellationException.class, () -> job.run(id, bench.jobs.requests.get(id), new Bench.BrokenOff(230)));
            assertEquals(200, pictures.count("shop"));
            assertEquals(Map.of("stored", 250, "refused", 1, "problems", List.of(Map.of("name", "readme.txt", "reason",
                    "This is no JPEG, PNG, GIF, BMP or WebP picture."))), job.run(id, bench.jobs.requests.get(id), new Bench.Uneventful()));
            assertEquals(250, pictures.count("shop"));
            assertEquals("anna", pictures.list("shop", "", 1).get(0).uploadedBy());
            try (Stream<Path> left = Files.list(bench.folder.resolve("imports"))) {
                assertEquals(0, left.count(), "the archive is removed in the end");
            }
            pictures.close();
        }
    }

    @Test
    void anAddressShowsTheLongestNameItEndsWith() {
        PictureNames names = new PictureNames(Map.of("b.jpg", "1", "a/b.jpg", "2", "c%20d?.jpg", "3"));
        assertEquals(Optional.of("2"), names.key("https://shop.example/media/a/b.jpg?w=200#top"));
        assertEquals(Optional.of("1"), names.key("//shop.example/x/b.jpg"));
        assertEquals(Optional.of("1"), names.key("b.jpg"));
        assertEquals(Optional.of("3"), names.key("c%20d?.jpg"));
        for (String none : List.of("", " ", "https://b.jpg.example/", "%zz", "data:image/png;base64," + "/".repeat(90_000), "a/b.jpg/")) {
            assertEquals(Optional.empty(), names.key(none), none);
        }
    }
}
