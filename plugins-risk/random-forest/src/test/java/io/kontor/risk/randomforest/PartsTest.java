package io.kontor.risk.randomforest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.SharedKey;
import io.kontor.api.risk.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final Instant NOW = Instant.parse("2024-03-01T12:00:00Z");

    private static Transaction payment(String id, Duration ago, double amount, String customer, String card, String device) {
        return new Transaction(id, NOW.minus(ago), amount, "", customer, "", "", "DE", "", "", device, "", card, Map.of());
    }

    @Test
    void countsTheEarlierPaymentsOfEachKeyByHand() {
        Transaction now = payment("t", Duration.ZERO, 90, "anna", "k1", "d1");
        List<Transaction> previous = List.of(payment("a", Duration.ofMinutes(30), 10, "anna", "k1", "d2"),
                payment("b", Duration.ofHours(3), 20, "ben", "k2", "d1"), payment("c", Duration.ofDays(2), 60, "anna", "k3", "d1"),
                payment("d", Duration.ofDays(40), 30, "anna", "", "d1"));
        double[] figures = new double[Linkage.SIZE];
        boolean[] all = new boolean[SharedKey.values().length];
        Arrays.fill(all, true);
        Linkage.fill(new RiskRequest(now, previous), all, figures);
        double[] customer = {1, 1, 2, 2, 10, 90 * 3 / 100.0, 0.5, 40, 1, 2, 2, 1};
        double[] device = {0, 1, 2, 2, 20, 90 * 3 / 110.0, 3, 40, 2, 3, 1, 1};
        double[] card = {1, 1, 1, 1, 10, 9, 0.5, 0.5 / 24, 1, 1, 2, 1};
        for (LinkStat stat : LinkStat.values()) {
            assertEquals(customer[stat.ordinal()], figures[Linkage.index(SharedKey.CUSTOMER, stat)], 1e-9, "customer " + stat);
            assertEquals(device[stat.ordinal()], figures[Linkage.index(SharedKey.DEVICE, stat)], 1e-9, "device " + stat);
            assertEquals(card[stat.ordinal()], figures[Linkage.index(SharedKey.CARD, stat)], 1e-9, "card " + stat);
            assertTrue(Double.isNaN(figures[Linkage.index(SharedKey.IP, stat)]), "the payment names no address");
        }
    }

    @Test
    void dividesValuesIntoBinsThatKeepTheirOrderAndMissingOnesApart() {
        Random random = new Random(1);
        double[][] rows = new double[10_000][3];
        for (double[] row : rows) {
            row[0] = Math.exp(random.nextGaussian());
            row[1] = random.nextInt(5);
            row[2] = random.nextInt(10) < 9 ? 0 : random.nextDouble();
        }
        Bins bins = Bins.of(rows, 3);
        int[] sizes = new int[Bins.MOST + 1];
        for (double[] row : rows) {
            sizes[bins.of(0, row[0])]++;
        }
        for (int bin = 1; bin <= Bins.MOST; bin++) {
            assertEquals(10_000.0 / Bins.MOST, sizes[bin], 3, "bin " + bin);
        }
        assertEquals(5, Arrays.stream(rows).mapToInt(row -> bins.of(1, row[1])).distinct().count());
        assertTrue(Arrays.stream(rows).mapToInt(row -> bins.of(2, row[2])).distinct().count() > 3, "the rare values are told apart too");
        assertEquals(0, bins.of(0, Double.NaN));
        for (int bin = 1; bin < Bins.MOST; bin++) {
            double edge = bins.edge(0, bin + 0.5);
            assertEquals(bin, bins.of(0, edge));
            assertEquals(bin + 1, bins.of(0, Math.nextUp(edge)));
        }
    }

    @Test
    void calibratesToTheCurveThatTheSharesFollow() {
        Random random = new Random(2);
        int rows = 40_000;
        double[] shares = new double[rows];
        boolean[] fraud = new boolean[rows];
        double[] weights = new double[rows];
        Calibration truth = new Calibration(1.7, -3, 100);
        for (int row = 0; row < rows; row++) {
            shares[row] = random.nextDouble();
            fraud[row] = random.nextDouble() < truth.of(shares[row]);
            weights[row] = 1;
        }
        Calibration found = Calibration.fit(shares, fraud, weights, 100);
        assertEquals(1.7, found.slope(), 0.1);
        assertEquals(-3, found.shift(), 0.15);
        for (int row = 0; row < rows; row++) {
            weights[row] = fraud[row] ? 1 : 10;
        }
        assertEquals(-3 - Math.log(10), Calibration.fit(shares, fraud, weights, 100).shift(), 0.2,
                "ten times as many legitimate payments move the log odds by the logarithm of ten");
    }

    @Test
    void encodesATextByWhatTheOtherFoldsSay() {
        Encoding.Counts counts = new Encoding.Counts();
        for (int i = 0; i < 100; i++) {
            counts.add("risky", i % Encoding.FOLDS, i % Encoding.FOLDS == 0);
            counts.add("plain", i % Encoding.FOLDS, false);
        }
        counts.add("once", 0, true);
        Encoding encoding = counts.encoding();
        assertTrue(encoding.of("risky") > encoding.of("once") && encoding.of("once") > encoding.of("plain"));
        assertFalse(encoding.knows("once"), "one payment is a name, not a kind");
        assertEquals(encoding.of("once"), encoding.of("never seen"));
        assertTrue(counts.outside("risky", 0) < counts.outside("risky", 1), "fold 0 holds all the frauds and must not see them");
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
}
