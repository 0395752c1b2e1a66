package io.kontor.recommend.ranker;

import java.util.ArrayList;
import java.util.List;

/** Candidates of which it is known whether the customer turned to them: all that were, and a sample of the others. For one thread. */
final class Examples {

    /** Of so many others one is taken; it then stands for all of them. */
    private static final int ONE_OF = 8;

    private final long seed;
    private final List<int[]> active = new ArrayList<>();
    private final List<Boolean> chosen = new ArrayList<>();
    private int hits;

    Examples(long seed) {
        this.seed = seed;
    }

    void add(int[] inputs, boolean hit, int customer, String product) {
        if (hit || Math.floorMod(mixed(customer, product), ONE_OF) == 0) {
            active.add(inputs);
            chosen.add(hit);
            hits += hit ? 1 : 0;
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private long mixed(int customer, String product) {
        long hash = seed * 0x9e3779b97f4a7c15L + ((long) customer << 32 ^ product.hashCode() & 0xffffffffL);
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }

    int size() {
        return active.size();
    }

    int hits() {
        return hits;
    }

    int[] active(int example) {
        return active.get(example);
    }

    boolean chosen(int example) {
        return chosen.get(example);
    }
}
