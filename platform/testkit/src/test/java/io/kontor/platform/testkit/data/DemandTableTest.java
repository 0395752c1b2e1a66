package io.kontor.platform.testkit.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demand that forecasters and demand models are trained on. */
class DemandTableTest {

    private static final double NONE = Double.NaN;
    private final SampleStore store = new SampleStore(Locale.ENGLISH);

    private DemandTable table(ZoneId zone) {
        return DemandTable.of(store.snapshot(), zone, new SampleJob());
    }

    private void line(String product, String time, double quantity, double price, String status) {
        store.add(Entity.ORDERS, Map.of("orderId", "o", "productId", product, "time", Instant.parse(time), "quantity", quantity, "unitPrice",
                price, "status", status));
    }

    private void sale(String product, String location, String date, double quantity, Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(more);
        row.putAll(Map.of("productId", product, "date", Instant.parse(date + "T00:00:00Z"), "quantity", quantity));
        if (!location.isEmpty()) {
            row.put("location", location);
        }
        store.add(Entity.SALES, row);
    }

    @Test
    void sumsOrderLinesOverTheDaysOfTheStore() {
        line("a", "2025-03-03T15:59:00Z", 2, 10, "paid");
        line("a", "2025-03-03T16:01:00Z", 1, 10, "paid");
        line("a", "2025-03-03T23:00:00Z", 3, 14, "paid");
        line("b", "2025-03-06T01:00:00Z", 1, 5, "paid");
        DemandSeries series = table(ZoneId.of("Asia/Shanghai")).series("a", "", Step.DAY).orElseThrow();
        assertEquals(LocalDate.of(2025, 3, 3), series.start());
        assertArrayEquals(new double[] {2, 4, 0, 0}, series.quantity());
        assertArrayEquals(new double[] {10, 13, NONE, NONE}, series.price(), 1e-9);
    }

    @Test
    void leavesOutReturnsAndCancelledLines() {
        line("a", "2025-03-03T10:00:00Z", 2, 10, "paid");
        line("a", "2025-03-03T11:00:00Z", -1, 10, "paid");
        line("a", "2025-03-03T12:00:00Z", 5, 10, "canceled");
        assertArrayEquals(new double[] {2}, table(ZoneOffset.UTC).series("a", "", Step.DAY).orElseThrow().quantity());
    }

    @Test
    void takesSummedSalesBeforeOrderLines() {
        line("a", "2025-03-03T10:00:00Z", 2, 10, "paid");
        sale("a", "", "2025-03-03", 7, Map.of());
        assertArrayEquals(new double[] {7}, table(ZoneOffset.UTC).series("a", "", Step.DAY).orElseThrow().quantity());
    }

    @Test
    void leavesOutWeeksThatTheRecordsDoNotCoverWholly() {
        for (int day = 5; day <= 25; day++) {
            sale("a", "", "2025-03-%02d".formatted(day), day, Map.of());
        }
        DemandSeries weeks = table(ZoneOffset.UTC).series("a", "", Step.WEEK).orElseThrow();
        assertEquals(LocalDate.of(2025, 3, 10), weeks.start(), "the first Monday");
        assertArrayEquals(new double[] {10 + 11 + 12 + 13 + 14 + 15 + 16, 17 + 18 + 19 + 20 + 21 + 22 + 23}, weeks.quantity());
        assertTrue(table(ZoneOffset.UTC).series("a", "", Step.MONTH).isEmpty());
    }

    @Test
    void addsUpLocationsAndTellsThemApart() {
        sale("a", "north", "2025-03-03", 1, Map.of("price", 10.0, "inStock", 1.0, "promotion", 0.0));
        sale("a", "south", "2025-03-03", 3, Map.of("price", 20.0, "inStock", 0.0, "promotion", 1.0));
        DemandTable table = table(ZoneOffset.UTC);
        assertEquals(List.of("north", "south"), table.locations("a"));
        DemandSeries all = table.series("a", "", Step.DAY).orElseThrow();
        assertArrayEquals(new double[] {4}, all.quantity());
        assertArrayEquals(new double[] {17.5}, all.price(), 1e-9);
        assertArrayEquals(new double[] {0.5}, all.inStock());
        assertArrayEquals(new double[] {0.5}, all.promotion());
        assertArrayEquals(new double[] {3}, table.series("a", "south", Step.DAY).orElseThrow().quantity());
        assertTrue(table.series("a", "west", Step.DAY).isEmpty());
        assertTrue(table.series("unknown", "", Step.DAY).isEmpty());
    }

    @Test
    void knowsThePriceOfDaysWithoutSales() {
        sale("a", "", "2025-03-03", 0, Map.of("price", 10.0));
        sale("a", "", "2025-03-04", 2, Map.of("price", 8.0));
        assertArrayEquals(new double[] {10, 8}, table(ZoneOffset.UTC).series("a", "", Step.DAY).orElseThrow().price(), 1e-9);
    }

    @Test
    void hasNothingToSayAboutAnEmptyStore() {
        DemandTable table = table(ZoneOffset.UTC);
        assertTrue(table.products().isEmpty());
        assertTrue(table.lastDay().isEmpty());
    }

    @Test
    void takesRecordsOfOneDayOfTheWeekForWholeWeeks() {
        for (int week = 0; week < 5; week++) {
            sale("a", "", LocalDate.of(2025, 1, 9).plusWeeks(week).toString(), week + 1, Map.of());
        }
        DemandSeries series = table(ZoneOffset.UTC).series("a", "", Step.WEEK).orElseThrow();
        assertEquals(LocalDate.of(2025, 1, 6), series.start());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5}, series.quantity());
        sale("a", "", "2025-02-07", 6, Map.of());
        assertArrayEquals(new double[] {2, 3, 4}, table(ZoneOffset.UTC).series("a", "", Step.WEEK).orElseThrow().quantity());
    }

    @Test
    void takesRecordsOfOneDayOfTheMonthForWholeMonths() {
        for (int month = 1; month <= 4; month++) {
            sale("a", "", LocalDate.of(2025, month, 1).toString(), month, Map.of());
        }
        assertArrayEquals(new double[] {1, 2, 3, 4}, table(ZoneOffset.UTC).series("a", "", Step.MONTH).orElseThrow().quantity());
    }

    @Test
    void tellsTheNaturalStepOfTheRecords() {
        for (int week = 0; week < 30; week++) {
            // The eve of a holiday now and then: the sum is of the week all the same.
            sale("a", "", LocalDate.of(2025, 1, 3).plusDays(7L * week - (week % 15 == 14 ? 1 : 0)).toString(), 1 + week, Map.of());
        }
        assertEquals(Step.WEEK, table(ZoneOffset.UTC).step());
        assertEquals(30, table(ZoneOffset.UTC).series("a", "", Step.WEEK).orElseThrow().quantity().length, "every week whole");
        for (int day = 0; day < 10; day++) {
            sale("b", "", LocalDate.of(2025, 3, 1).plusDays(day).toString(), 1, Map.of());
        }
        assertEquals(Step.DAY, table(ZoneOffset.UTC).step());
    }

    @Test
    void takesTheLastDaysOfMonthsForMonths() {
        for (int month = 1; month <= 20; month++) {
            sale("a", "", LocalDate.of(2024, 1, 1).plusMonths(month).minusDays(1).toString(), month, Map.of());
        }
        DemandTable table = table(ZoneOffset.UTC);
        assertEquals(Step.MONTH, table.step());
        DemandSeries months = table.series("a", "", Step.MONTH).orElseThrow();
        assertEquals(LocalDate.of(2024, 1, 1), months.start());
        assertEquals(LocalDate.of(2025, 9, 1), months.end());
        assertEquals(20, months.quantity()[19]);
    }

    @Test
    void isBeforeADayWhatItsRecordsBeforeThatDayMake() {
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        for (int day = 1; day <= 40; day++) {
            line(day % 3 == 0 ? "a" : "b", LocalDate.of(2025, 3, 1).plusDays(day) + "T15:30:00Z", day, 10 + day % 2, "paid");
        }
        line("late", "2025-04-09T10:00:00Z", 1, 1, "paid");
        LocalDate cut = LocalDate.of(2025, 3, 20);
        DemandTable expected = DemandTable.of(store.snapshot().window(null, table(zone).begin(cut)), zone, new SampleJob());
        DemandTable before = table(zone).before(cut);
        assertEquals(List.of("a", "b"), before.products());
        assertEquals(expected.firstDay(), before.firstDay());
        assertEquals(expected.lastDay(), before.lastDay());
        for (Step step : Step.values()) {
            for (String product : before.products()) {
                assertEquals(expected.series(product, "", step).isPresent(), before.series(product, "", step).isPresent());
                before.series(product, "", step).ifPresent(series -> {
                    DemandSeries same = expected.series(product, "", step).orElseThrow();
                    assertEquals(same.start(), series.start());
                    assertArrayEquals(same.quantity(), series.quantity());
                    assertArrayEquals(same.price(), series.price());
                });
            }
        }
    }
}
