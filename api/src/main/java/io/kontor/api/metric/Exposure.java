package io.kontor.api.metric;

import java.util.Arrays;

/**
 * How lists spread over a catalogue: which products are shown, how evenly, and how little known they are. These are measures of all lists
 * together, so they have no value for one list but {@link #novelty} and no interval by resampling lists.
 */
public final class Exposure {

    private Exposure() {
    }

    /**
     * Catalogue coverage: the share of products that are shown at all (Herlocker, Konstan, Terveen and Riedl, Evaluating collaborative
     * filtering recommender systems, 2004, section 4.2.1).
     *
     * @param shown how often each product of the catalogue was shown, those never shown included
     * @return 0 to 1; NaN for an empty catalogue
     */
    public static double coverage(long[] shown) {
        int seen = 0;
        for (long count : shown) {
            seen += count > 0 ? 1 : 0;
        }
        return shown.length > 0 ? (double) seen / shown.length : Double.NaN;
    }

    /**
     * The Gini index of exposure: 0 when all products are shown equally often, near 1 when one is shown alone (Gini, Variabilità e mutabilità,
     * 1912; for lists Fleder and Hosanagar, Blockbuster culture's next rise or fall, 2009): sum of (2 i - n - 1) x(i) / (n sum of x(i)) over
     * the counts x(1) to x(n) in ascending order.
     *
     * @param shown how often each product of the catalogue was shown, those never shown included
     * @return 0 to below 1; NaN when nothing was shown
     */
    public static double gini(long[] shown) {
        long[] sorted = shown.clone();
        Arrays.sort(sorted);
        double weighted = 0;
        double total = 0;
        for (int i = 0; i < sorted.length; i++) {
            weighted += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
            total += sorted[i];
        }
        return total > 0 ? weighted / (sorted.length * total) : Double.NaN;
    }

    /**
     * The self-information of each product, - log2 of its share of all interactions (Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang, Solving
     * the apparent diversity-accuracy dilemma of recommender systems, 2010).
     *
     * @param interactions how often each product was turned to
     * @return bits; infinite for a product never turned to, NaN for all when none was
     */
    public static double[] selfInformation(long[] interactions) {
        double total = 0;
        for (long count : interactions) {
            total += count;
        }
        double[] bits = new double[interactions.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = -Math.log(interactions[i] / total) / Math.log(2);
        }
        return bits;
    }

    /**
     * The novelty of one list: the mean self-information of its products (the same paper; Castells, Hurley and Vargas, Novelty and diversity
     * in recommender systems, 2015, equation 26.2).
     *
     * @param bits the self-information of each place's product
     * @param k how many places count
     * @return bits; NaN for an empty list
     */
    public static double novelty(double[] bits, int k) {
        int size = Math.min(k, bits.length);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += bits[i];
        }
        return size > 0 ? sum / size : Double.NaN;
    }
}
