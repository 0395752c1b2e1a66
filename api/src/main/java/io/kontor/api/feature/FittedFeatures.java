package io.kontor.api.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of features with what {@link Fitting} has learned of them: gives the numbers of a row. Keeps texts as hashes alone, so it names
 * nobody. Immutable; safe for use by several threads.
 */
public final class FittedFeatures {

    private static final int MAGIC = 0x4b465331;
    private static final int END = 0x454e4421;
    private static final int MOST_FEATURES = 10_000;
    private static final int MOST_PARTS = 16;

    private final FeatureSet set;
    private final Vectorizer vectorizer;
    private final HashTable[] tables;
    private final Scale[] scales;
    private final int[] scaled;
    private final List<LeakSuspect> suspects;

    FittedFeatures(FeatureSet set, Vectorizer vectorizer, HashTable[] tables, Scale[] scales, List<LeakSuspect> suspects) {
        this.set = set;
        this.suspects = List.copyOf(suspects);
        this.vectorizer = vectorizer;
        this.tables = tables;
        this.scales = scales;
        int[] some = new int[scales.length];
        int count = 0;
        for (int v = 0; v < scales.length; v++) {
            some[count] = v;
            count += scales[v].changes() ? 1 : 0;
        }
        scaled = Arrays.copyOf(some, count);
    }

    /**
     * The definitions.
     *
     * @return the set
     */
    public FeatureSet set() {
        return set;
    }

    /**
     * The zone that days and hours are told in.
     *
     * @return the store's at the time of the fitting
     */
    public ZoneId zone() {
        return vectorizer.zone();
    }

    /**
     * The numbers of a row.
     *
     * @param row the row
     * @param earlier what came before it
     * @return {@link FeatureSet#width} numbers, scaled; NaN for what is missing
     */
    public double[] values(Row row, Earlier earlier) {
        double[] values = unscaled(row, earlier);
        scale(values);
        return values;
    }

    /**
     * The numbers of a row before they are scaled, for telling people.
     *
     * @param row the row
     * @param earlier what came before it
     * @return {@link FeatureSet#width} numbers, to be given to {@link #scale}; NaN for what is missing
     */
    public double[] unscaled(Row row, Earlier earlier) {
        double[] values = new double[scales.length];
        vectorizer.fill(row, earlier, (f, hash) -> tables[f].of(hash), values);
        return values;
    }

    /**
     * Scales what {@link Fitting#encode} gave.
     *
     * @param values numbers of a row; replaced
     */
    public void scale(double[] values) {
        for (int v : scaled) {
            values[v] = scales[v].of(values[v]);
        }
    }

    /**
     * Whether a text of a category has a number of its own.
     *
     * @param feature index of a category by TARGET or ONE_HOT
     * @param text the text
     * @return false for the rare and the unknown
     */
    public boolean knows(int feature, String text) {
        return tables[feature].has(Hashes.of(text));
    }

    /**
     * Notes which features are suspected, of these or of those that were fitted together with them.
     *
     * @param found what {@link Fitting#suspects} gave
     * @return the same features with them
     */
    public FittedFeatures suspecting(List<LeakSuspect> found) {
        return new FittedFeatures(set, vectorizer, tables, scales, found);
    }

    /**
     * Which features are suspected to be leaks.
     *
     * @return what was noted
     */
    public List<LeakSuspect> suspects() {
        return suspects;
    }

    /**
     * Some of the features.
     *
     * @param features their indices, ascending, at least one
     * @return the fitted features without the others
     */
    public FittedFeatures only(int... features) {
        FeatureSet some = new FeatureSet(Arrays.stream(features).mapToObj(set.features()::get).toList());
        HashTable[] kept = Arrays.stream(features).mapToObj(f -> tables[f]).toArray(HashTable[]::new);
        List<Scale> numbers = new ArrayList<>();
        for (int f : features) {
            numbers.addAll(Arrays.asList(scales).subList(vectorizer.offset(f), vectorizer.offset(f) + set.features().get(f).width()));
        }
        return new FittedFeatures(some, new Vectorizer(some, zone()), kept, numbers.toArray(Scale[]::new), suspects);
    }

    /**
     * Writes them.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(zone().getId());
        out.writeInt(set.features().size());
        for (int f = 0; f < set.features().size(); f++) {
            write(set.features().get(f), out);
            if (tables[f] != null) {
                tables[f].write(out);
            }
        }
        for (Scale scale : scales) {
            scale.write(out);
        }
        out.writeInt(suspects.size());
        for (LeakSuspect suspect : suspects) {
            write(suspect.feature(), out);
            out.writeDouble(suspect.auc());
        }
        out.writeInt(END);
    }

    private static void write(Feature feature, DataOutput out) throws IOException {
        Map<String, String> definition = feature.definition();
        out.writeInt(definition.size());
        for (Map.Entry<String, String> part : definition.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeUTF(part.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return equal features: they give the same numbers
     * @throws IOException when the bytes are damaged or none
     */
    public static FittedFeatures read(DataInput in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("These are no fitted features.");
        }
        try {
            ZoneId zone = ZoneId.of(in.readUTF());
            int size = in.readInt();
            if (size < 1 || size > MOST_FEATURES) {
                throw new IOException("There are said to be " + size + " features.");
            }
            List<Feature> features = new ArrayList<>();
            HashTable[] tables = new HashTable[size];
            for (int f = 0; f < size; f++) {
                features.add(feature(in));
                tables[f] = table(features.get(f), in);
            }
            FeatureSet set = new FeatureSet(features);
            List<Scale> scales = new ArrayList<>();
            for (Feature feature : features) {
                for (int v = 0; v < feature.width(); v++) {
                    scales.add(Scale.read(in, feature.scaling()));
                }
            }
            int suspected = in.readInt();
            if (suspected < 0 || suspected > MOST_FEATURES) {
                throw new IOException("There are said to be " + suspected + " suspects.");
            }
            List<LeakSuspect> suspects = new ArrayList<>();
            for (int s = 0; s < suspected; s++) {
                suspects.add(new LeakSuspect(feature(in), in.readDouble()));
            }
            if (in.readInt() != END) {
                throw new IOException("The features do not end where they should.");
            }
            return new FittedFeatures(set, new Vectorizer(set, zone), tables, scales.toArray(Scale[]::new), suspects);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("The features name something that there is not: " + e.getMessage(), e);
        }
    }

    private static Feature feature(DataInput in) throws IOException {
        int parts = in.readInt();
        if (parts < 1 || parts > MOST_PARTS) {
            throw new IOException("A feature is said to have " + parts + " parts.");
        }
        Map<String, String> definition = new TreeMap<>();
        for (int part = 0; part < parts; part++) {
            definition.put(in.readUTF(), in.readUTF());
        }
        return Feature.of(definition);
    }

    private static HashTable table(Feature feature, DataInput in) throws IOException {
        if (feature instanceof Feature.Category category && category.encoding() != Feature.Encoding.HASHED) {
            return HashTable.read(in, category.encoding() == Feature.Encoding.ONE_HOT ? category.size() : 0);
        }
        return null;
    }
}
