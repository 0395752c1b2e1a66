package io.kontor.api.data;

import io.kontor.api.job.JobContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each product of a store sold day by day. Forecasters and demand models are trained on it and are asked with series of it, so that both
 * see the same numbers. Only days with a record take memory. Immutable; safe for use by several threads.
 *
 * <p>Sales already summed by day are used when the store has any; otherwise order lines are summed over the days of the store's time zone,
 * returns and cancelled lines left out. A series begins with the product's first record and ends with the last day on which the store
 * recorded anything; a week or month at either end of the store's records that they do not cover wholly is left out. Records whose days
 * are whole weeks apart, but for a day's difference and one time in ten, are taken to stand for whole weeks; records whose days are whole
 * months apart, but for three days, for whole months. {@link #step} tells which.
 */
public final class DemandTable {

    private static final long DAY_MILLIS = 86_400_000L;
    /** Weighs the price of a day on which nothing was sold: it counts only where no other day of the period sold anything. */
    private static final double NO_SALE = 1e-9;
    private static final double DAYS_OF_WEEK = 7;
    private static final double DAYS_OF_MONTH = 365.25 / 12;
    private static final double REGULAR = 0.9;
    /** From so many days with records on, their being weeks or months apart is no chance. */
    private static final int SUMS = 4;

    private final Map<String, TreeMap<String, Days>> products;
    private final ZoneId zone;
    private final int firstDay;
    private final int lastDay;
    private final boolean byWeek;
    private final boolean byMonth;

    private DemandTable(Map<String, TreeMap<String, Days>> products, ZoneId zone) {
        this.products = products;
        this.zone = zone;
        BitSet recorded = new BitSet();
        int base = products.values().stream().flatMap(locations -> locations.values().stream()).mapToInt(days -> days.day[0]).min().orElse(0);
        products.values().forEach(locations -> locations.values().forEach(days -> days.mark(recorded, base)));
        this.firstDay = base;
        this.lastDay = base + recorded.length() - 1;
        boolean several = recorded.cardinality() >= SUMS;
        this.byMonth = several && regular(recorded, DAYS_OF_MONTH, 3);
        this.byWeek = several && !byMonth && regular(recorded, DAYS_OF_WEEK, 1);
    }

    // Whether the days follow each other at a whole number of periods, give or take a few days, but for one time in ten.
    private static boolean regular(BitSet days, double period, double play) {
        int gaps = 0;
        int fitting = 0;
        for (int day = 0, next = days.nextSetBit(1); next > 0; day = next, next = days.nextSetBit(next + 1)) {
            double periods = Math.rint((next - day) / period);
            gaps++;
            fitting += periods >= 1 && Math.abs(next - day - periods * period) <= play ? 1 : 0;
        }
        return fitting >= REGULAR * gaps;
    }

    /**
     * Sums up a store's records.
     *
     * @param data the records
     * @param zone the store's time zone, which says where the days of order lines begin
     * @param job is asked now and then whether the work is still wanted
     * @return the table; without products when the store has sold nothing
     */
    public static DemandTable of(Snapshot data, ZoneId zone, JobContext job) {
        Summing summing = new Summing();
        data.read(Entity.SALES, batch -> {
            job.checkCancelled();
            summing.sales(batch);
        });
        boolean summed = !summing.products.isEmpty();
        if (!summed) {
            data.dailySales(zone, batch -> {
                job.checkCancelled();
                summing.days(batch);
            });
        }
        summing.products.values().forEach(locations -> locations.values().forEach(Days::trim));
        return new DemandTable(summing.products, summed ? ZoneOffset.UTC : zone);
    }

    /**
     * What the table was before a day.
     *
     * @param day the first day that is left out
     * @return the same as the table of all records before that day
     */
    public DemandTable before(LocalDate day) {
        Map<String, TreeMap<String, Days>> earlier = new TreeMap<>();
        products.forEach((product, locations) -> locations.forEach((location, days) -> {
            if (days.day[0] < day.toEpochDay()) {
                earlier.computeIfAbsent(product, id -> new TreeMap<>()).put(location, days.before((int) day.toEpochDay()));
            }
        }));
        return new DemandTable(earlier, zone);
    }

    /**
     * The products that were ever recorded.
     *
     * @return their ids in order
     */
    public List<String> products() {
        return List.copyOf(products.keySet());
    }

    /**
     * The locations at which a product was recorded.
     *
     * @param product the shop's own id
     * @return the locations in order, the empty one for records without; empty for a product that is not in the table
     */
    public List<String> locations(String product) {
        TreeMap<String, Days> locations = products.get(product);
        return locations == null ? List.of() : List.copyOf(locations.keySet());
    }

    /**
     * The first day on which the store recorded anything.
     *
     * @return the day, or empty for a table without products
     */
    public Optional<LocalDate> firstDay() {
        return products.isEmpty() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(firstDay));
    }

    /**
     * The moment that parts a day from the one before, for windows of the snapshot that the table was made from: midnight in the store's
     * time zone for order lines, and in that of dates for sales already summed.
     *
     * @param day the later day
     * @return the moment
     */
    public Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /**
     * The last day on which the store recorded anything.
     *
     * @return the day, or empty for a table without products
     */
    public Optional<LocalDate> lastDay() {
        return products.isEmpty() ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(lastDay));
    }

    /**
     * The natural step of the records: the shortest period that they tell apart.
     *
     * @return month when the store's records are sums of months, week when they are sums of weeks, else day
     */
    public Step step() {
        return byMonth ? Step.MONTH : byWeek ? Step.WEEK : Step.DAY;
    }

    /**
     * The demand of one product as a series without gaps.
     *
     * @param product the shop's own id
     * @param location empty for all locations together
     * @param step the length of a period
     * @return the series, or empty when the product has no records there or they cover no whole period
     */
    public Optional<DemandSeries> series(String product, String location, Step step) {
        Objects.requireNonNull(step, "step");
        Map<String, Days> locations = products.getOrDefault(product, new TreeMap<>());
        List<Days> days = location.isEmpty() ? List.copyOf(locations.values())
                : locations.containsKey(location) ? List.of(locations.get(location)) : List.of();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        LocalDate earliest = begin(LocalDate.ofEpochDay(firstDay), step);
        boolean sums = step == Step.WEEK && byWeek || step == Step.MONTH && byMonth;
        if (earliest.toEpochDay() < firstDay && !sums) {
            earliest = step.plus(earliest, 1);
        }
        int own = days.stream().mapToInt(one -> one.day[0]).min().orElseThrow();
        LocalDate start = begin(LocalDate.ofEpochDay(own), step);
        start = start.isBefore(earliest) ? earliest : start;
        LocalDate end = sums ? step.plus(begin(LocalDate.ofEpochDay(lastDay), step), 1) : begin(LocalDate.ofEpochDay(lastDay + 1L), step);
        if (!start.isBefore(end)) {
            return Optional.empty();
        }
        Periods periods = new Periods(start, step, step.between(start, end));
        days.forEach(periods::add);
        return Optional.of(periods.series(product, location));
    }

    private static LocalDate begin(LocalDate day, Step step) {
        return switch (step) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** Adds up records. */
    private static final class Summing {

        private final Map<String, TreeMap<String, Days>> products = new TreeMap<>();

        void sales(ColumnBatch batch) {
            String[] ids = batch.texts("productId");
            String[] locations = batch.texts("location");
            long[] dates = batch.times("date");
            double[] quantities = batch.numbers("quantity");
            double[] prices = batch.numbers("price");
            double[] promotions = batch.numbers("promotion");
            double[] inStock = batch.numbers("inStock");
            for (int i = 0; i < batch.size(); i++) {
                int day = (int) Math.floorDiv(dates[i], DAY_MILLIS);
                double quantity = Math.max(0, quantities[i]);
                days(ids[i], locations[i]).add(day, quantity, prices[i], promotions[i], inStock[i]);
            }
        }

        void days(ColumnBatch batch) {
            String[] ids = batch.texts("productId");
            long[] dates = batch.times("date");
            double[] quantities = batch.numbers("quantity");
            double[] prices = batch.numbers("price");
            for (int i = 0; i < batch.size(); i++) {
                days(ids[i], null).add((int) Math.floorDiv(dates[i], DAY_MILLIS), quantities[i], prices[i], Double.NaN, Double.NaN);
            }
        }

        private Days days(String product, String location) {
            return products.computeIfAbsent(product, id -> new TreeMap<>())
                    .computeIfAbsent(location == null ? "" : location, name -> new Days());
        }
    }

    /** The days of one product at one location that have records; they come in order of time. */
    private static final class Days {

        private int[] day = new int[8];
        private double[] quantity = new double[8];
        private double[] value = new double[8];
        private double[] weight = new double[8];
        private double[] promotion = new double[8];
        private double[] inStock = new double[8];
        private int size;

        void add(int on, double units, double price, double promoted, double available) {
            if (size == 0 || day[size - 1] != on) {
                if (size == day.length) {
                    resize(size * 2);
                }
                day[size] = on;
                promotion[size] = Double.NaN;
                inStock[size] = Double.NaN;
                size++;
            }
            int at = size - 1;
            quantity[at] += units;
            if (price >= 0) {
                double share = Math.max(units, NO_SALE);
                value[at] += share * price;
                weight[at] += share;
            }
            promotion[at] = Double.isNaN(promoted) ? promotion[at] : promoted;
            inStock[at] = Double.isNaN(available) ? inStock[at] : available;
        }

        void trim() {
            resize(size);
        }

        void mark(BitSet recorded, int base) {
            for (int i = 0; i < size; i++) {
                recorded.set(day[i] - base);
            }
        }

        Days before(int end) {
            Days earlier = new Days();
            int kept = 0;
            while (kept < size && day[kept] < end) {
                kept++;
            }
            earlier.day = day;
            earlier.quantity = quantity;
            earlier.value = value;
            earlier.weight = weight;
            earlier.promotion = promotion;
            earlier.inStock = inStock;
            earlier.size = kept;
            return earlier;
        }

        private void resize(int length) {
            day = Arrays.copyOf(day, length);
            quantity = Arrays.copyOf(quantity, length);
            value = Arrays.copyOf(value, length);
            weight = Arrays.copyOf(weight, length);
            promotion = Arrays.copyOf(promotion, length);
            inStock = Arrays.copyOf(inStock, length);
        }
    }

    /** Gathers days into periods. */
    private static final class Periods {

        private final LocalDate start;
        private final Step step;
        private final double[] quantity;
        private final double[] value;
        private final double[] weight;
        private final double[] promotion;
        private final double[] inStock;
        private final int[] promotionDays;
        private final int[] stockDays;

        Periods(LocalDate start, Step step, int length) {
            this.start = start;
            this.step = step;
            quantity = new double[length];
            value = new double[length];
            weight = new double[length];
            promotion = new double[length];
            inStock = new double[length];
            promotionDays = new int[length];
            stockDays = new int[length];
        }

        void add(Days days) {
            for (int i = 0; i < days.size; i++) {
                int period = period(days.day[i]);
                if (period >= 0 && period < quantity.length) {
                    quantity[period] += days.quantity[i];
                    value[period] += days.value[i];
                    weight[period] += days.weight[i];
                    if (!Double.isNaN(days.promotion[i])) {
                        promotion[period] += days.promotion[i];
                        promotionDays[period]++;
                    }
                    if (!Double.isNaN(days.inStock[i])) {
                        inStock[period] += days.inStock[i];
                        stockDays[period]++;
                    }
                }
            }
        }

        private int period(int day) {
            long first = start.toEpochDay();
            return switch (step) {
                case DAY -> (int) (day - first);
                case WEEK -> (int) Math.floorDiv(day - first, 7L);
                case MONTH -> {
                    LocalDate date = LocalDate.ofEpochDay(day);
                    yield (date.getYear() - start.getYear()) * 12 + date.getMonthValue() - start.getMonthValue();
                }
            };
        }

        DemandSeries series(String product, String location) {
            double[] price = new double[quantity.length];
            for (int i = 0; i < price.length; i++) {
                price[i] = weight[i] > 0 ? value[i] / weight[i] : Double.NaN;
                promotion[i] = promotionDays[i] > 0 ? promotion[i] / promotionDays[i] : Double.NaN;
                inStock[i] = stockDays[i] > 0 ? inStock[i] / stockDays[i] : Double.NaN;
            }
            return new DemandSeries(product, location, start, step, quantity, price, promotion, inStock);
        }
    }
}
