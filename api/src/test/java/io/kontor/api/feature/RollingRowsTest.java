package io.kontor.api.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RollingRowsTest {

    private static final FeatureSet SET = TestRows.UNSCALED;
    private static final FittedFeatures FITTED = new Fitting(SET, TestRows.ZONE).fitted();

    /** All rows that are strictly older and share a key, by looking at each. */
    private static Earlier byHand(List<TestRow> rows) {
        List<Column> columns = SET.columns();
        return (row, visitor) -> {
            for (TestRow each : rows) {
                for (int k = 0; k < SET.keys().size(); k++) {
                    int column = columns.indexOf(SET.keys().get(k));
                    if (each.time() < row.time() && !row.text(column).isEmpty() && row.text(column).equals(each.text(column))) {
                        visitor.earlier(each, 1L << k);
                    }
                }
            }
        };
    }

    @Test
    void findsWhatLookingAtEveryRowFinds() {
        for (long seed = 0; seed < 10; seed++) {
            List<TestRow> rows = TestRows.random(SET, 500, seed);
            RollingRows rolling = new RollingRows(SET, 1_000);
            for (int i = 0; i < rows.size(); i++) {
                assertArrayEquals(FITTED.values(rows.get(i), byHand(rows.subList(0, i))), FITTED.values(rows.get(i), rolling), 1e-9);
                rolling.add(rows.get(i));
            }
        }
    }

    @Test
    void putsLateRowsInTheirPlace() {
        List<TestRow> rows = TestRows.random(SET, 400, 5);
        List<TestRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(5));
        RollingRows rolling = new RollingRows(SET, 1_000);
        shuffled.forEach(rolling::add);
        for (TestRow row : rows) {
            assertArrayEquals(FITTED.values(row, byHand(rows)), FITTED.values(row, rolling), 1e-9);
        }
    }

    @Test
    void forgetsTheOldestBeyondItsCapacity() {
        List<TestRow> rows = TestRows.random(SET, 3_000, 6);
        RollingRows rolling = new RollingRows(SET, 100);
        for (int i = 0; i < rows.size(); i++) {
            List<TestRow> kept = rows.subList(Math.max(0, i - 100), i);
            assertArrayEquals(FITTED.values(rows.get(i), byHand(kept)), FITTED.values(rows.get(i), rolling), 1e-9);
            rolling.add(rows.get(i));
        }
        assertEquals(100, rolling.size());
    }

    @Test
    void staysExactWhenManyKeysComeAndGo() {
        FeatureSet set = new FeatureSet(List.of(new Feature.Aggregate(Feature.Stat.COUNT, "k", "", TestRows.DAY, Scaling.NONE)));
        FittedFeatures fitted = new Fitting(set, TestRows.ZONE).fitted();
        RollingRows rolling = new RollingRows(set, 1_000);
        for (int i = 0; i < 20_000; i++) {
            TestRow row = new TestRow(set.columns(), i, Map.of("k", "k" + i % 700), false, 0);
            assertEquals(i < 700 ? 0 : 1, fitted.values(row, rolling)[0], "row " + i);
            rolling.add(row);
        }
    }

    @Test
    void theIndexHoldsWhatAMapWould() {
        LongIndex index = new LongIndex();
        Map<Long, Integer> map = new HashMap<>();
        Random random = new Random(7);
        long[] keys = LongStream.range(0, 300).map(i -> random.nextLong() | 1).toArray();
        for (int i = 0; i < 50_000; i++) {
            long key = keys[random.nextInt(keys.length)];
            if (random.nextBoolean()) {
                index.put(key, i);
                map.put(key, i);
            } else {
                index.remove(key);
                map.remove(key);
            }
            long asked = keys[random.nextInt(keys.length)];
            assertEquals(map.getOrDefault(asked, -1), index.get(asked));
        }
        assertEquals(map.size(), index.size());
        assertTrue(map.keySet().containsAll(LongStream.of(index.sorted()).boxed().toList()));
    }
}
