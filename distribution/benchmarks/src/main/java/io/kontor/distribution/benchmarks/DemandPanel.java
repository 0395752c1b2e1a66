package io.kontor.distribution.benchmarks;

import io.kontor.api.data.Step;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The demand in a canonical file of order lines or daily sales, period by period, and the file without its last periods. A product at a
 * location is a series of its own under the name {@code product@location}.
 */
final class DemandPanel {

    private final Path file;
    private final Step step;
    private final List<String> header;
    private final boolean summed;
    private final int product;
    private final int location;
    private final int time;
    private final int quantity;
    private final Map<String, Map<Integer, Double>> sold = new TreeMap<>();
    private final Map<String, Set<Long>> days = new HashMap<>();
    private int last;

    private DemandPanel(Path file, Step step, List<String> header) {
        this.file = file;
        this.step = step;
        this.header = header;
        summed = header.contains("date");
        product = header.indexOf("productId");
        location = header.indexOf("location");
        time = header.indexOf(summed ? "date" : "time");
        quantity = header.indexOf("quantity");
    }

    /** A series from its first sale on: {@code history}, then as many {@code actual} periods as are held out. */
    record Case(String product, double[] history, double[] actual) {
    }

    static DemandPanel read(Path file, Step step) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            DemandPanel panel = new DemandPanel(file, step, List.of(in.readLine().split(",")));
            long lastDay = Long.MIN_VALUE;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                LocalDate day = panel.day(cells);
                double units = Double.parseDouble(cells[panel.quantity]);
                if (units > 0) {
                    panel.sold.computeIfAbsent(panel.series(cells), id -> new TreeMap<>()).merge(period(day, step), units, Double::sum);
                    panel.days.computeIfAbsent(panel.series(cells), id -> new HashSet<>()).add(day.toEpochDay());
                }
                lastDay = Math.max(lastDay, day.toEpochDay());
            }
            LocalDate end = LocalDate.ofEpochDay(lastDay);
            panel.last = panel.summed ? period(end, step) : period(end.plusDays(1), step) - 1;
            return panel;
        }
    }

    /** The number of a period since 1970. */
    static int period(LocalDate day, Step step) {
        return switch (step) {
            case DAY -> (int) day.toEpochDay();
            case WEEK -> (int) Math.floorDiv(day.toEpochDay() + 3, 7L);
            case MONTH -> day.getYear() * 12 + day.getMonthValue() - 1;
        };
    }

    private LocalDate day(String[] cells) {
        return LocalDate.parse(cells[time].substring(0, 10));
    }

    private String series(String[] cells) {
        return location < 0 || cells[location].isEmpty() ? cells[product] : cells[product] + "@" + cells[location];
    }

    String entity() {
        return summed ? "sales" : "orders";
    }

    /** The first of so many last whole periods. */
    int cut(int horizon) {
        return last - horizon + 1;
    }

    /** The series that were sold on the most days, all others after them, as far as they have a history of some length. */
    List<Case> cases(int horizon, int least, int most) {
        int cut = cut(horizon);
        return sold.keySet().stream().sorted(Comparator.comparing((String id) -> -days.get(id).size()).thenComparing(id -> id))
                .map(id -> of(id, cut, horizon)).filter(one -> one.history.length >= least).limit(most).toList();
    }

    private Case of(String id, int cut, int horizon) {
        Map<Integer, Double> periods = sold.get(id);
        int first = periods.keySet().iterator().next();
        double[] history = new double[Math.max(0, cut - first)];
        Arrays.setAll(history, t -> periods.getOrDefault(first + t, 0.0));
        double[] actual = new double[horizon];
        Arrays.setAll(actual, h -> periods.getOrDefault(cut + h, 0.0));
        return new Case(id, history, actual);
    }

    /** Writes the rows before the cut, without the locations that series are named by. */
    Path before(int cut, Path target) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file); BufferedWriter out = Files.newBufferedWriter(target)) {
            in.readLine();
            out.write(String.join(",", header).replace(",location", "") + "\n");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                if (period(day(cells), step) < cut) {
                    cells[product] = series(cells);
                    out.write(joined(cells) + "\n");
                }
            }
        }
        return target;
    }

    private String joined(String[] cells) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            if (i != location) {
                row.append(row.length() == 0 ? "" : ",").append(cells[i]);
            }
        }
        return row.toString();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s by %s", file.getFileName(), step.name().toLowerCase(Locale.ROOT));
    }
}
