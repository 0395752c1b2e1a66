package io.kontor.platform.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HistoryTest {

    private static final long SEED = 7;
    private static final LocalDate LAST = LocalDate.of(2026, 3, 31);
    private static final Map<String, History> HISTORIES = new HashMap<>();

    static Stream<DemoStore> stores() {
        return DemoStore.all().stream();
    }

    private static History history(DemoStore store) {
        return HISTORIES.computeIfAbsent(store.id(), id -> store.history(SEED, LAST));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void givesTheSameBytesForTheSameSeedAndOthersForAnother(DemoStore store) {
        History again = store.history(SEED, LAST);
        History other = store.history(SEED + 1, LAST);
        for (String entity : again.entities()) {
            assertEquals(Rows.text(history(store), entity), Rows.text(again, entity), entity);
            assertNotEquals(Rows.text(history(store), entity), Rows.text(other, entity), entity);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void fillsTwentyFourMonthsAndNothingAfterTheLastDay(DemoStore store) {
        assertEquals(LocalDate.of(2024, 4, 1), history(store).truths().first());
        assertEquals(LAST, history(store).truths().last());
        Instant end = LAST.plusDays(1).atStartOfDay(ZoneId.of(store.timeZone())).toInstant();
        for (String entity : List.of("orders", "transactions", "events", "reviews", "stock")) {
            List<Map<String, String>> rows = Rows.of(history(store), entity);
            assertTrue(rows.size() > 500, entity + " has " + rows.size() + " rows");
            rows.forEach(row -> assertTrue(Instant.parse(row.get("time")).isBefore(end), () -> entity + " " + row));
        }
        Set<String> days = new HashSet<>();
        Rows.of(history(store), "sales").forEach(row -> days.add(row.get("date")));
        assertEquals(730, days.size(), "something is sold on every day");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void recordsDemandOnlyWhereTheShelfCouldServeIt(DemoStore store) {
        Truths truths = history(store).truths();
        int rows = 0;
        int out = 0;
        int lost = 0;
        for (Map<String, String> row : Rows.of(history(store), "sales")) {
            LocalDate day = LocalDate.parse(row.get("date"));
            int demand = truths.demand(row.get("productId"), day);
            int sold = Integer.parseInt(row.get("quantity"));
            assertEquals(truths.served(row.get("productId"), day), row.get("inStock").equals("1"), row.toString());
            assertTrue(row.get("inStock").equals("1") ? sold == demand : sold <= demand, row + " but wanted were " + demand);
            rows++;
            out += row.get("inStock").equals("0") ? 1 : 0;
            lost += demand - sold;
        }
        double share = (double) out / rows;
        assertTrue(share > 0.02 && share < 0.25, "out of stock in " + share + " of the rows");
        assertTrue(lost > 100, lost + " units were lost");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void ordersNoMoreThanIsSold(DemoStore store) {
        Map<String, Integer> sold = new HashMap<>();
        Rows.of(history(store), "sales").forEach(row -> sold.put(row.get("productId") + row.get("date"), Integer.parseInt(row.get("quantity"))));
        ZoneId zone = ZoneId.of(store.timeZone());
        Map<String, Integer> ordered = new HashMap<>();
        Rows.of(history(store), "orders").stream().filter(row -> !row.get("quantity").startsWith("-")).forEach(row -> ordered.merge(
                row.get("productId") + Instant.parse(row.get("time")).atZone(zone).toLocalDate(), Integer.parseInt(row.get("quantity")),
                Integer::sum));
        ordered.forEach((key, quantity) -> assertTrue(quantity <= sold.getOrDefault(key, 0), key));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void customersBuyByTaste(DemoStore store) {
        Truths truths = history(store).truths();
        List<Map<String, String>> lines = Rows.of(history(store), "orders");
        long met = lines.stream().filter(row -> truths.tasteOfCustomer(row.get("customerId")) == truths.tasteOfProduct(row.get("productId")))
                .count();
        double share = (double) met / lines.size();
        assertTrue(share > 0.35 && share < 0.95, "by taste: " + share);
    }

    @ParameterizedTest
    @MethodSource("stores")
    void labelsAreTrueAndComeLate(DemoStore store) {
        Truths truths = history(store).truths();
        Instant end = LAST.plusDays(1).atStartOfDay(ZoneId.of(store.timeZone())).toInstant();
        int unknown = 0;
        Map<String, Set<String>> devicesOfRings = new HashMap<>();
        Map<String, Integer> paymentsOfRings = new HashMap<>();
        Set<String> honest = new HashSet<>();
        for (Map<String, String> row : Rows.of(history(store), "transactions")) {
            boolean fraud = truths.fraud(row.get("id"));
            if (row.get("label").isEmpty()) {
                unknown += fraud ? 1 : 0;
            } else {
                assertEquals(fraud ? "fraud" : "legitimate", row.get("label"));
                assertTrue(Instant.parse(row.get("labelTime")).isAfter(Instant.parse(row.get("time"))), row.toString());
                assertTrue(Instant.parse(row.get("labelTime")).isBefore(end), row.toString());
            }
            int ring = truths.ring(row.get("id"));
            if (ring >= 0) {
                assertTrue(fraud, row.toString());
                devicesOfRings.computeIfAbsent("ring " + ring, name -> new HashSet<>()).add(row.get("device"));
                paymentsOfRings.merge("ring " + ring, 1, Integer::sum);
            } else {
                honest.add(row.get("device"));
            }
        }
        assertTrue(unknown > 0, "the latest fraud is not known yet");
        assertFalse(devicesOfRings.isEmpty());
        devicesOfRings.forEach((ring, devices) -> {
            assertTrue(devices.size() <= 3 && paymentsOfRings.get(ring) >= 4 * devices.size(),
                    ring + " made " + paymentsOfRings.get(ring) + " payments from " + devices.size() + " devices");
            devices.forEach(device -> assertFalse(honest.contains(device), ring + " alone uses " + device));
        });
    }

    @ParameterizedTest
    @MethodSource("stores")
    void offersSamplesWorthAskingAbout(DemoStore store) {
        Samples samples = history(store).samples();
        assertTrue(history(store).truths().customers().contains(samples.customer()));
        String device = samples.suspicious().get("device").toString();
        assertTrue(Rows.of(history(store), "transactions").stream().filter(row -> row.get("device").equals(device)).count() >= 4, device);
        assertFalse(samples.ordinary().isEmpty());
        assertFalse(samples.doubtful().isEmpty());
        assertEquals(Set.copyOf(history(store).truths().products()), store.titles(SEED).keySet());
    }
}
