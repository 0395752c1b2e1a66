package io.kontor.inventory.exponentialsmoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void knowsTheNormalDistribution() {
        assertEquals(1.2815515655, Spread.normal(0.9), 1e-8);
        assertEquals(-2.3263478740, Spread.normal(0.01), 1e-8);
        assertEquals(0, Spread.normal(0.5), 1e-12);
    }

    @Test
    void countsSmallDemand() {
        assertEquals(4, Spread.quantile(2, 2, 0.9, true), "Poisson of mean 2: P(X <= 3) = 0.857, P(X <= 4) = 0.947");
        assertEquals(5, Spread.quantile(2, 4, 0.9, true), "negative binomial of size 2: P(X <= 4) = 0.891, P(X <= 5) = 0.938");
        assertEquals(0, Spread.quantile(0.05, 0.05, 0.9, true));
        assertEquals(0, Spread.quantile(1e-30, 5, 0.9, true), "a product that is no longer sold");
    }

    @Test
    void isNearTheNormalDistributionWhereDemandIsLarge() {
        assertEquals(1000 + 1.2816 * 50, Spread.quantile(1000, 2500, 0.9, true), 2);
        assertEquals(1000 - 1.2816 * 50, Spread.quantile(1000, 2500, 0.1, false), 2);
        assertEquals(0, Spread.quantile(0, 5, 0.99, false));
    }
}
