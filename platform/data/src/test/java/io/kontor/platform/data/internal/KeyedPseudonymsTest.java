package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class KeyedPseudonymsTest {

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aCustomerHasOnePseudonymOnAllNodesAndAnotherInEachStore(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            KeyedPseudonyms other = new KeyedPseudonyms(bench.database);
            String anna = bench.pseudonyms.of("shop", "anna");
            assertEquals(anna, other.of("shop", "anna"));
            assertEquals("anna", other.customer("shop", anna));
            assertFalse(anna.contains("anna"));
            assertNotEquals(anna, other.of("shop", "anne"));
            assertNotEquals(anna, other.of("second", "anna"));
            assertEquals(anna, other.customer("second", anna), "another store's is no pseudonym");
            String long255 = "客".repeat(255);
            assertEquals(long255, other.customer("shop", bench.pseudonyms.of("shop", long255)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatIsNoPseudonymIsTheShopsOwnId(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            for (String id : new String[] {"anna", "", "c-1@x", "A".repeat(40), bench.pseudonyms.of("shop", "anna") + "A"}) {
                assertEquals(id, bench.pseudonyms.customer("shop", id));
            }
            assertEquals("", bench.pseudonyms.of("shop", ""));
        }
    }
}
