package io.kontor.api.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static TestRow row(FeatureSet set, Map<String, Object> values) {
        return new TestRow(set.columns(), Instant.parse("2024-03-31T01:30:00Z").toEpochMilli(), values, false, 0);
    }

    private static FittedFeatures fitted(FeatureSet set, List<TestRow> rows) {
        return TestRows.train(set, rows).fitting().fitted();
    }

    @Test
    void scalesByWhatItHasSeen() {
        FeatureSet set = new FeatureSet(Arrays.stream(Scaling.values()).map(scaling -> (Feature) new Feature.Numeric("x", scaling)).toList());
        List<TestRow> rows = new ArrayList<>();
        for (double x : new double[] {1, 2, 3, 4, 10}) {
            rows.add(row(set, Map.of("x", x)));
        }
        rows.add(row(set, Map.of()));
        double[] values = fitted(set, rows).values(row(set, Map.of("x", 10.0)), Earlier.NONE);
        double[] logs = {Math.log(2), Math.log(3), Math.log(4), Math.log(5), Math.log(11)};
        double mean = Arrays.stream(logs).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum() / 4);
        assertArrayEquals(new double[] {10, 6 / Math.sqrt(50 / 4.0), 1, 3.5, Math.log(11), (Math.log(11) - mean) / deviation}, values, 1e-12);
        assertEquals(1, fitted(set, rows).values(row(set, Map.of("x", 99.0)), Earlier.NONE)[2], "later ones are kept to the ends");
        assertTrue(Double.isNaN(fitted(set, rows).values(row(set, Map.of()), Earlier.NONE)[1]));
    }

    @Test
    void estimatesQuartilesOfManyRowsFromADrawnPart() {
        Spread spread = new Spread(Scaling.ROBUST);
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            spread.see(random.nextDouble() < 0.01 ? 1e9 : random.nextGaussian());
        }
        assertEquals(0, spread.scale().of(0), 0.05);
        assertEquals(1 / 1.349, spread.scale().of(1), 0.05, "the interquartile range of a normal distribution");
    }

    @Test
    void encodesCategoriesByPlaceBucketAndLabel() {
        FeatureSet set = new FeatureSet(List.of(new Feature.Category("a", Feature.Encoding.ONE_HOT, 2),
                new Feature.Category("a", Feature.Encoding.HASHED, 4), new Feature.Category("a", Feature.Encoding.TARGET, 1)));
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String text = i % 2 == 0 ? "often" : i % 4 == 1 ? "risky" : "rare" + i;
            rows.add(row(set, Map.of("a", text)).labelled(text.equals("risky"), 0));
        }
        FittedFeatures fitted = fitted(set, rows);
        double[] often = fitted.values(row(set, Map.of("a", "often")), Earlier.NONE);
        double[] risky = fitted.values(row(set, Map.of("a", "risky")), Earlier.NONE);
        double[] rare = fitted.values(row(set, Map.of("a", "rare3")), Earlier.NONE);
        double[] none = fitted.values(row(set, Map.of()), Earlier.NONE);
        assertArrayEquals(new double[] {1, 0, 0}, Arrays.copyOf(often, 3));
        assertArrayEquals(new double[] {0, 1, 0}, Arrays.copyOf(risky, 3));
        assertArrayEquals(new double[] {0, 0, 1}, Arrays.copyOf(rare, 3));
        assertEquals(1, Arrays.stream(risky, 3, 7).sum());
        double prior = 30.5 / 121;
        double odds = (30 + 20 * prior) / (20 * (1 - prior));
        assertEquals(Math.rint(10 * (Math.log(odds) - Math.log(prior / (1 - prior)))) / 10, risky[7], 1e-6);
        assertTrue(often[7] < 0);
        assertEquals(0, rare[7], "one row is a name, not a kind");
        assertFalse(fitted.knows(2, "rare3"));
        assertTrue(fitted.knows(2, "risky"));
        assertEquals(0, Arrays.stream(none, 0, 7).sum());
        assertTrue(Double.isNaN(none[7]));
    }

    @Test
    void countsWordsRunsOfWordsAndPairsOfChineseCharacters() {
        int buckets = 1 << 12;
        double[] english = new double[buckets];
        Grams.count("Very good, very GOOD!", 2, english, 0, buckets);
        assertEquals(2, english[Hashes.bucket(Hashes.of("very"), buckets)]);
        assertEquals(2, english[Hashes.bucket(Hashes.of("good"), buckets)]);
        assertEquals(7, Arrays.stream(english).sum(), "four words and three pairs");
        double[] chinese = new double[buckets];
        Grams.count("物流很快 ok 好", 2, chinese, 0, buckets);
        for (String pair : List.of("物流", "流很", "很快", "ok", "好")) {
            assertEquals(1, chinese[Hashes.bucket(Hashes.of(pair), buckets)], pair);
        }
        assertEquals(5, Arrays.stream(chinese).sum());
    }

    @Test
    void weighsWordsByHowFewRowsHaveThem() {
        FeatureSet set = new FeatureSet(List.of(new Feature.Text("note", 64, 1)));
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rows.add(row(set, Map.of("note", i < 2 ? "parcel late late" : "parcel")));
        }
        double[] values = fitted(set, rows).values(row(set, Map.of("note", "late late parcel")), Earlier.NONE);
        assertEquals((1 + Math.log(2)) * Math.log(4), values[Hashes.bucket(Hashes.of("late"), 64)], 1e-12);
        assertEquals(0, values[Hashes.bucket(Hashes.of("parcel"), 64)], 1e-12, "what all have tells nothing");
    }

    @Test
    void tellsTheTimeInTheStoresZone() {
        FeatureSet set = new FeatureSet(List.of(new Feature.Clock(Feature.Part.HOUR, false), new Feature.Clock(Feature.Part.WEEKDAY, false),
                new Feature.Clock(Feature.Part.MONTH, true), new Feature.Clock(Feature.Part.DAY_OF_YEAR, false),
                new Feature.Age("since", Scaling.NONE)));
        double[] values = fitted(set, List.of(row(set, Map.of()))).values(row(set, Map.of("since", "2024-03-30")), Earlier.NONE);
        assertArrayEquals(new double[] {3.5, 7, Math.sin(Math.PI / 2), Math.cos(Math.PI / 2), 91, 25.5}, values, 1e-12,
                "half past three in Berlin, as the clocks went forward an hour and a half ago");
    }

    @Test
    void readsMomentsAndNothingElse() {
        assertEquals(Instant.parse("2024-01-02T03:04:05Z").toEpochMilli(), Moments.of("2024-01-02T03:04:05Z"));
        assertEquals(Instant.parse("2024-01-02T02:04:05Z").toEpochMilli(), Moments.of("2024-01-02T03:04:05+01:00"));
        assertEquals(Instant.parse("2024-01-02T00:00:00Z").toEpochMilli(), Moments.of("2024-01-02"));
        for (String text : List.of("", "2024", "2024-13-45", "abcd-ef-gh", "1234-56-78-90", "Chrome")) {
            assertEquals(Moments.NONE, Moments.of(text), text);
        }
    }

    @Test
    void isTheSameAfterItWasWrittenAndReadAndSoIsAPart() throws IOException {
        List<TestRow> rows = TestRows.random(FeatureSetTest.ALL, 500, 3);
        TestRows.Trained trained = TestRows.train(FeatureSetTest.ALL, rows);
        FittedFeatures fitted = trained.fitting().fitted().suspecting(List.of(new LeakSuspect(FeatureSetTest.ALL.features().get(3), 0.995)));
        FittedFeatures read = FittedFeatures.read(new DataInputStream(new ByteArrayInputStream(bytes(fitted))));
        FittedFeatures part = fitted.only(1, 3, 8);
        assertEquals(fitted.set(), read.set());
        assertEquals(fitted.suspects(), read.suspects());
        assertArrayEquals(bytes(fitted), bytes(read));
        for (TestRow row : rows) {
            double[] values = fitted.values(row, Earlier.NONE);
            assertArrayEquals(values, read.values(row, Earlier.NONE));
            int[] offsets = fitted.set().offsets();
            TestRow narrower = new TestRow(part.set().columns(), row.time(), row.values(), false, 0);
            double[] few = part.values(narrower, Earlier.NONE);
            assertArrayEquals(Arrays.copyOfRange(values, offsets[1], offsets[2]), Arrays.copyOf(few, 4));
            assertEquals(values[offsets[3]], few[4]);
            assertEquals(values[offsets[8]], few[5]);
        }
    }

    private static byte[] bytes(FittedFeatures fitted) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fitted.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    @Test
    void refusesDamagedBytesOrStaysWhole() throws IOException {
        byte[] whole = bytes(fitted(FeatureSetTest.ALL, TestRows.random(FeatureSetTest.ALL, 300, 4)));
        for (int length = 0; length < whole.length; length += 13) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> FittedFeatures.read(new DataInputStream(new ByteArrayInputStream(cut))));
        }
        Random random = new Random(5);
        TestRow row = TestRows.random(FeatureSetTest.ALL, 1, 6).get(0);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                FittedFeatures read = FittedFeatures.read(new DataInputStream(new ByteArrayInputStream(damaged)));
                TestRow asked = new TestRow(read.set().columns(), row.time(), row.values(), false, 0);
                assertEquals(read.set().width(), read.values(asked, Earlier.NONE).length, "what is read can be used");
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 300, "damage of definitions and of the order is seen, a changed number is not: " + refused);
    }

    @Test
    void keepsNoText() throws IOException {
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(row(FeatureSetTest.ALL, Map.of("country", "Annaland", "method", "Annacard", "attr.note", "Anna Annason",
                    "device", "Anna1")));
        }
        assertFalse(new String(bytes(fitted(FeatureSetTest.ALL, rows)), StandardCharsets.ISO_8859_1).contains("Anna"));
    }
}
