package io.kontor.api.feature;

import io.kontor.api.metric.BinaryScores;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Fits a set to rows in the order of time. For each row: {@link #encode} it where the model learns from it, then tell its {@link #label} if
 * there is one, then let the rows that come after it see it ({@link RollingRows#add} or the family's own memory). What {@link #encode} gives
 * knows nothing of rows that come later, of rows of the same time and of labels not yet known; the numbers of {@link FittedFeatures#values}
 * for a row that comes next are the same. When all rows are through, {@link FittedFeatures#scale} scales them.
 *
 * <p>Memory grows with the different texts of categories, up to {@value Feature#MOST_WIDE} each, and with the labels that are under way, not
 * with the rows. For one thread.
 */
public final class Fitting {

    private static final Comparator<Pending> BY_MOMENT = Comparator.comparingLong(Pending::moment);

    private final FeatureSet set;
    private final int width;
    private final Vectorizer vectorizer;
    private final int[] categoryColumns;
    private final TargetCounts[] targets;
    private final LongIndex[] frequencies;
    private final HashTable[] places;
    private final Spread[] spreads;
    private final long[][] documents;
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(BY_MOMENT);
    private long now = Long.MIN_VALUE;
    private long encoded;
    private int dealt;

    /**
     * A label under way.
     *
     * @param moment when it becomes known
     * @param positive what it says
     * @param hashes one a feature; 0 for those that want none
     */
    private record Pending(long moment, boolean positive, long[] hashes) {
    }

    /**
     * Nothing seen yet.
     *
     * @param set what to fit
     * @param zone the store's time zone
     */
    public Fitting(FeatureSet set, ZoneId zone) {
        this.set = set;
        width = set.width();
        vectorizer = new Vectorizer(set, zone);
        int size = set.features().size();
        categoryColumns = new int[size];
        targets = new TargetCounts[size];
        frequencies = new LongIndex[size];
        places = new HashTable[size];
        spreads = new Spread[size];
        documents = new long[size][];
        for (int f = 0; f < size; f++) {
            Feature feature = set.features().get(f);
            if (feature instanceof Feature.Category category) {
                categoryColumns[f] = set.columns().indexOf(new Column(category.column(), Column.Type.TEXT));
                targets[f] = category.encoding() == Feature.Encoding.TARGET ? new TargetCounts() : null;
                frequencies[f] = category.encoding() == Feature.Encoding.ONE_HOT ? new LongIndex() : null;
            } else if (feature instanceof Feature.Text text) {
                documents[f] = new long[text.buckets()];
            }
            spreads[f] = feature.scaling() == Scaling.NONE ? null : new Spread(feature.scaling());
        }
    }

    /**
     * Whether all rows have to be looked at once before the first is encoded.
     *
     * @return true when there is a category by its most frequent texts
     */
    public boolean looks() {
        return Arrays.stream(frequencies).anyMatch(counts -> counts != null);
    }

    /**
     * Counts the texts of a row, before any is encoded.
     *
     * @param row the row
     */
    public void look(Row row) {
        for (int f = 0; f < frequencies.length; f++) {
            long hash = frequencies[f] == null ? 0 : row.hash(categoryColumns[f]);
            if (hash != 0) {
                int count = frequencies[f].get(hash);
                if (count >= 0 || frequencies[f].size() < Feature.MOST_WIDE) {
                    frequencies[f].put(hash, Math.max(0, count) + 1);
                }
            }
        }
    }

    /**
     * The numbers of a row as they were known at its time, not yet scaled.
     *
     * @param row not before the row of an earlier call
     * @param earlier what came before it
     * @return {@link FeatureSet#width} numbers; NaN for what is missing
     * @throws IllegalArgumentException when the row comes out of order
     */
    public double[] encode(Row row, Earlier earlier) {
        if (row.time() < now) {
            throw new IllegalArgumentException("rows must come in the order of time");
        }
        now = row.time();
        while (!pending.isEmpty() && pending.peek().moment < now) {
            know(pending.remove());
        }
        double[] values = new double[width];
        vectorizer.fill(row, earlier, (f, hash) -> targets[f] != null ? targets[f].now(hash) : place(f).of(hash), values);
        observe(values);
        return values;
    }

    private void know(Pending label) {
        for (int f = 0; f < targets.length; f++) {
            if (label.hashes[f] != 0) {
                targets[f].know(label.hashes[f], label.positive);
            }
        }
    }

    private void observe(double[] values) {
        encoded++;
        for (int f = 0; f < spreads.length; f++) {
            int at = vectorizer.offset(f);
            if (spreads[f] != null) {
                spreads[f].see(values[at]);
            } else if (documents[f] != null) {
                for (int b = 0; b < documents[f].length; b++) {
                    documents[f][b] += values[at + b] > 0 ? 1 : 0;
                }
            }
        }
    }

    /**
     * Tells the label of a row, after the row was encoded.
     *
     * @param row the row
     * @param positive what the label says
     * @param known when it became known, in milliseconds since 1970
     */
    public void label(Row row, boolean positive, long known) {
        long[] hashes = new long[targets.length];
        boolean any = false;
        for (int f = 0; f < targets.length; f++) {
            hashes[f] = targets[f] == null ? 0 : row.hash(categoryColumns[f]);
            if (hashes[f] != 0) {
                targets[f].deal(hashes[f], positive, dealt % TargetCounts.PARTS);
                any = true;
            }
        }
        dealt++;
        if (any) {
            pending.add(new Pending(Math.max(known, row.time()), positive, hashes));
        }
    }

    private HashTable place(int f) {
        if (places[f] == null) {
            Feature.Category category = (Feature.Category) set.features().get(f);
            LongIndex counts = frequencies[f];
            long[] frequent = Arrays.stream(counts.sorted()).boxed().sorted(Comparator.comparingInt((Long hash) -> -counts.get(hash)))
                    .limit(category.size()).mapToLong(Long::longValue).toArray();
            long[] sorted = frequent.clone();
            Arrays.sort(sorted);
            float[] numbers = new float[sorted.length];
            for (int i = 0; i < frequent.length; i++) {
                numbers[Arrays.binarySearch(sorted, frequent[i])] = i;
            }
            places[f] = new HashTable(sorted, numbers, category.size());
        }
        return places[f];
    }

    /**
     * What has been fitted, by all labels told: those that a training does not know it does not tell.
     *
     * @return the features as they are served
     */
    public FittedFeatures fitted() {
        while (!pending.isEmpty()) {
            know(pending.remove());
        }
        HashTable[] tables = new HashTable[targets.length];
        Scale[] scales = new Scale[width];
        for (int f = 0; f < targets.length; f++) {
            tables[f] = targets[f] != null ? targets[f].table() : frequencies[f] != null ? place(f) : null;
            int at = vectorizer.offset(f);
            for (int v = 0; v < set.features().get(f).width(); v++) {
                scales[at + v] = spreads[f] != null ? spreads[f].scale() : documents[f] == null ? Scale.NONE
                        : new Scale(Scaling.NONE, 0, Math.log(Math.max(1, encoded) / (double) Math.max(1, documents[f][v])));
            }
        }
        return new FittedFeatures(set, vectorizer, tables, scales, List.of());
    }

    /**
     * Looks for features that alone tell the labels apart almost perfectly. Missing numbers count once as the lowest and once as the highest,
     * as a column that is filled in for one kind of rows alone tells all.
     *
     * @param rows what {@link #encode} gave
     * @param positive the label of each
     * @return the suspects in the order of the features; none when there are fewer than {@value LeakSuspect#LEAST} rows of a kind
     */
    public List<LeakSuspect> suspects(double[][] rows, boolean[] positive) {
        int with = 0;
        for (boolean each : positive) {
            with += each ? 1 : 0;
        }
        List<LeakSuspect> suspects = new ArrayList<>();
        if (with < LeakSuspect.LEAST || rows.length - with < LeakSuspect.LEAST) {
            return suspects;
        }
        for (int f = 0; f < targets.length; f++) {
            double auc = targets[f] != null ? either(targets[f].separation()) : 0;
            for (int v = vectorizer.offset(f); v < vectorizer.offset(f) + set.features().get(f).width(); v++) {
                auc = Math.max(auc, Math.max(separation(rows, positive, v, Double.NEGATIVE_INFINITY),
                        separation(rows, positive, v, Double.POSITIVE_INFINITY)));
            }
            if (auc > LeakSuspect.FROM) {
                suspects.add(new LeakSuspect(set.features().get(f), auc));
            }
        }
        return suspects;
    }

    private static double separation(double[][] rows, boolean[] positive, int value, double missing) {
        double[] column = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            column[row] = Double.isNaN(rows[row][value]) ? missing : rows[row][value];
        }
        return either(BinaryScores.of(column, positive).rocAuc(null));
    }

    private static double either(double auc) {
        return Double.isNaN(auc) ? 0 : Math.max(auc, 1 - auc);
    }
}
