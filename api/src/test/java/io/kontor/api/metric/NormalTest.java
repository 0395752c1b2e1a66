package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NormalTest {

    @Test
    void agreesWithTheTables() {
        assertEquals(0.5, Normal.cumulative(0), 1e-15);
        assertEquals(0.975002104851780, Normal.cumulative(1.96), 1e-13);
        assertEquals(1.349898031630095e-3, Normal.cumulative(-3), 1e-15);
        assertEquals(6.22096057427178e-16, Normal.cumulative(-8), 1e-26);
        assertEquals(1.959963984540054, Normal.reach(0.95), 1e-12);
        assertEquals(-3.090232306167814, Normal.quantile(0.001), 1e-11);
        assertEquals(3.090232306167814, Normal.quantile(0.999), 1e-11);
        assertEquals(Double.POSITIVE_INFINITY, Normal.quantile(1));
        assertEquals(1, Normal.cumulative(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Normal.cumulative(Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> Normal.quantile(1.1));
    }
}
