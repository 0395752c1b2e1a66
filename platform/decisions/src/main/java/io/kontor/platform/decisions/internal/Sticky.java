package io.kontor.platform.decisions.internal;

/** Which customers a trial is made on: always the same ones for one trial, other ones for another, and more of them when the share grows. */
final class Sticky {

    private Sticky() {
    }

    /**
     * Where a customer stands in a trial.
     *
     * @param trial names the trial
     * @param unit the customer, or what stands for one
     * @return evenly spread from 0 to below 100; the customer takes part in a trial of a greater percentage
     */
    static double percent(String trial, String unit) {
        return (bits(trial, unit) >>> 11) * 0x1.0p-53 * 100;
    }

    /**
     * Stands for a customer in something.
     *
     * @param trial names the trial or whatever it is
     * @param unit the customer, or what stands for one
     * @return evenly spread over all values
     */
    static long bits(String trial, String unit) {
        return mix(hash(unit, hash(trial, 0xcbf29ce484222325L)));
    }

    /** FNV-1a over the characters (Fowler, Noll and Vo, 1991). */
    private static long hash(String text, long seed) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (hash ^ 0xff) * 0x100000001b3L;
    }

    /** The finishing of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014). */
    private static long mix(long value) {
        long hash = value;
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
