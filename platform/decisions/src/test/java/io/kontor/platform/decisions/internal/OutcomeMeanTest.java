package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounds that hold whenever one looks. */
class OutcomeMeanTest {

    @Test
    void hardlyEverMissesTheMeanHoweverOftenOneLooks() {
        int missed = 0;
        for (int run = 0; run < 400; run++) {
            Random random = new Random(run);
            double sum = 0;
            boolean miss = false;
            for (int n = 1; n <= 5_000; n++) {
                sum += random.nextDouble() < 0.3 ? 1 : 0;
                if (n >= 30) {
                    OutcomeMean mean = OutcomeMean.of(n, sum, sum);
                    miss |= Math.abs(mean.mean() - 0.3) > mean.halfWidth(0.05);
                }
            }
            missed += miss ? 1 : 0;
        }
        assertTrue(missed <= 30, missed + " of 400 runs had a look at which the interval missed the mean");
    }

    @Test
    void narrowsAsMoreIsKnown() {
        double few = OutcomeMean.of(100, 30, 30).halfWidth(0.05);
        double many = OutcomeMean.of(10_000, 3_000, 3_000).halfWidth(0.05);
        assertTrue(many < few / 5, few + " to " + many);
        assertTrue(many < 3.5 * Math.sqrt(0.21 / 10_000), "not much wider than a bound for one look: " + many);
        assertEquals(Double.POSITIVE_INFINITY, OutcomeMean.of(1, 1, 1).halfWidth(0.05));
        assertEquals(Double.POSITIVE_INFINITY, OutcomeMean.NONE.halfWidth(0.05));
    }
}
