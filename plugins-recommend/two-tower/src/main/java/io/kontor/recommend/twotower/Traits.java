package io.kontor.recommend.twotower;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What products have in common with others: each step of the category's path, the brand, and the band of the price. Bands hold as many products
 * each. Immutable.
 *
 * @param names those that at least two products have, in order
 * @param bands upper ends of all bands but the last
 */
record Traits(String[] names, double[] bands) {

    /** The most traits of a product. */
    static final int MOST = 7;

    private static final int DEEPEST = 5;
    private static final int BANDS = 8;
    private static final int FEWEST = 2;

    /**
     * Collects the traits of products.
     *
     * @param products all of them
     * @return those worth learning
     */
    static Traits of(List<Described> products) {
        double[] prices = products.stream().mapToDouble(Described::price).filter(price -> price > 0).sorted().toArray();
        double[] bands = new double[BANDS - 1];
        for (int band = 0; band < bands.length; band++) {
            bands[band] = prices.length == 0 ? Double.POSITIVE_INFINITY : prices[(band + 1) * (prices.length - 1) / BANDS];
        }
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Described product : products) {
            named(product, bands).forEach(name -> counts.merge(name, 1, Integer::sum));
        }
        counts.values().removeIf(count -> count < FEWEST);
        return new Traits(counts.keySet().toArray(String[]::new), bands);
    }

    /** A product as the catalogue has it; texts may be null, the price NaN. */
    record Described(String category, String brand, double price) {
    }

    /**
     * The traits of a product.
     *
     * @param product as the catalogue has it
     * @return places in the names, at most {@link #MOST}
     */
    int[] of(Described product) {
        return named(product, bands).stream().mapToInt(name -> Arrays.binarySearch(names, name)).filter(place -> place >= 0).toArray();
    }

    private static List<String> named(Described product, double[] bands) {
        List<String> named = new ArrayList<>();
        if (product.category() != null) {
            int end = -1;
            for (int depth = 0; depth < DEEPEST && end < product.category().length(); depth++) {
                int next = product.category().indexOf('/', end + 1);
                end = next < 0 ? product.category().length() : next;
                named.add("category " + product.category().substring(0, end));
            }
        }
        if (product.brand() != null && !product.brand().isEmpty()) {
            named.add("brand " + product.brand());
        }
        if (product.price() > 0) {
            int band = Arrays.binarySearch(bands, product.price());
            named.add("price " + (band < 0 ? -1 - band : band));
        }
        return named;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(names.length);
        for (String name : names) {
            out.writeUTF(name);
        }
        for (double band : bands) {
            out.writeDouble(band);
        }
    }

    static Traits read(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new IOException("the model of two towers is damaged: it has " + size + " traits");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add(in.readUTF());
        }
        double[] bands = new double[BANDS - 1];
        for (int band = 0; band < bands.length; band++) {
            bands[band] = in.readDouble();
        }
        return new Traits(names.toArray(String[]::new), bands);
    }
}
