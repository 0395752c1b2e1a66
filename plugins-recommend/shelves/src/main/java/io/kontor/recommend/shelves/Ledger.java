package io.kontor.recommend.shelves;

import io.kontor.api.choice.Items;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.model.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was done with which product when, in order of time, and where: 17 bytes a row. For one thread while it is read. */
final class Ledger {

    /** It was looked at or clicked on. */
    static final byte LOOK = 0;
    /** It was put into the cart. */
    static final byte CART = 1;
    /** It was bought. */
    static final byte PURCHASE = 2;

    /** In places with fewer rows chance has the say; who lives there is answered by the list of all. */
    private static final int FEW = 100;
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final int FIRST_ROOM = 1 << 12;

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Map<String, Integer> homes = new HashMap<>();
    private int[] product = new int[FIRST_ROOM];
    private int[] place = new int[FIRST_ROOM];
    private byte[] deed = new byte[FIRST_ROOM];
    private long[] time = new long[FIRST_ROOM];
    private int size;

    private Ledger() {
    }

    /**
     * Reads what a snapshot has.
     *
     * @param training the data and the job
     * @param within by where customers live, or not
     * @return the ledger
     */
    static Ledger read(Training training, Within within) {
        Ledger ledger = new Ledger();
        if (within.places()) {
            training.data().read(Entity.CUSTOMERS, batch -> {
                training.job().checkCancelled();
                ledger.addHomes(batch, within);
            });
        }
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            ledger.add(batch);
        });
        training.job().progress(0.5, ledger.size + " deeds read");
        return ledger;
    }

    private void addHomes(ColumnBatch batch, Within within) {
        String[] customers = batch.texts("id");
        String[] countries = batch.texts("country");
        String[] regions = batch.texts("region");
        for (int row = 0; row < batch.size(); row++) {
            String where = countries[row] == null ? "" : within.place(countries[row], regions[row] == null ? "" : regions[row]);
            if (!where.isEmpty()) {
                homes.put(customers[row], places.computeIfAbsent(where, name -> places.size()));
            }
        }
    }

    private void add(ColumnBatch batch) {
        String[] types = batch.texts("type");
        String[] customers = batch.texts("customerId");
        String[] names = batch.texts("productId");
        long[] times = batch.times("time");
        for (int row = 0; row < batch.size(); row++) {
            byte what = deed(types[row]);
            if (what >= 0 && names[row] != null) {
                if (size == time.length) {
                    int more = Math.toIntExact(size + (size >> 1) + 1L);
                    product = Arrays.copyOf(product, more);
                    place = Arrays.copyOf(place, more);
                    deed = Arrays.copyOf(deed, more);
                    time = Arrays.copyOf(time, more);
                }
                product[size] = ids.computeIfAbsent(names[row], name -> ids.size());
                place[size] = customers[row] == null ? -1 : homes.getOrDefault(customers[row], -1);
                deed[size] = what;
                time[size++] = times[row];
            }
        }
    }

    private static byte deed(String type) {
        return switch (type) {
            case "view", "click" -> LOOK;
            case "cart" -> CART;
            case "purchase" -> PURCHASE;
            default -> -1;
        };
    }

    /** The products in the order in which the rows first name them. */
    Items items() {
        String[] names = new String[ids.size()];
        ids.forEach((name, index) -> names[index] = name);
        return new Items(names);
    }

    /** All rows, under the empty name, and those of each place that has enough of them, under its own. */
    Map<String, Part> parts() {
        int[] counts = new int[places.size()];
        for (int row = 0; row < size; row++) {
            if (place[row] >= 0) {
                counts[place[row]]++;
            }
        }
        int[][] rows = new int[counts.length][];
        for (int where = 0; where < counts.length; where++) {
            rows[where] = counts[where] < FEW ? null : new int[counts[where]];
            counts[where] = 0;
        }
        for (int row = 0; row < size; row++) {
            if (place[row] >= 0 && rows[place[row]] != null) {
                rows[place[row]][counts[place[row]]++] = row;
            }
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("", new Part(null));
        places.forEach((name, where) -> {
            if (rows[where] != null) {
                parts.put(name, new Part(rows[where]));
            }
        });
        return parts;
    }

    /** Some rows, in order of time. */
    final class Part {

        private final int[] rows;

        private Part(int[] rows) {
            this.rows = rows;
        }

        int size() {
            return rows == null ? size : rows.length;
        }

        int products() {
            return ids.size();
        }

        private int row(int at) {
            return rows == null ? at : rows[at];
        }

        int product(int at) {
            return product[row(at)];
        }

        byte deed(int at) {
            return deed[row(at)];
        }

        /** How many days before the newest row of all, 0 or more. */
        double age(int at) {
            return (time[size - 1] - time[row(at)]) / DAY_MILLIS;
        }
    }
}
