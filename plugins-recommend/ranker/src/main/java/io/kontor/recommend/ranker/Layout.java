package io.kontor.recommend.ranker;

import io.kontor.api.data.Product;
import java.util.Optional;

/**
 * Which input of the machine stands for what: for each member one for every part of its list, then one for every step of every trait. Of a
 * candidate one input of each group is 1 and all others are 0.
 *
 * @param members how many members there are
 */
record Layout(int members) {

    /** Not in the list; places 1 to 3, to 10, to 30; behind. */
    static final int PLACES = 5;

    private static final int[] UNTIL = {3, 10, 30};

    int groups() {
        return members + Trait.values().length;
    }

    int inputs() {
        int inputs = members * PLACES;
        for (Trait trait : Trait.values()) {
            inputs += trait.steps();
        }
        return inputs;
    }

    /** The inputs that are 1, one a group. */
    int[] active(int[] ranks, Customer customer, String product, Shelf shelf) {
        int[] active = new int[groups()];
        for (int m = 0; m < members; m++) {
            active[m] = m * PLACES + place(ranks[m]);
        }
        Optional<Product> known = customer.data().product(product);
        int offset = members * PLACES;
        for (Trait trait : Trait.values()) {
            active[members + trait.ordinal()] = offset + customer.step(trait, product, known, shelf);
            offset += trait.steps();
        }
        return active;
    }

    private static int place(int rank) {
        if (rank == 0) {
            return 0;
        }
        int place = 1;
        while (place <= UNTIL.length && rank > UNTIL[place - 1]) {
            place++;
        }
        return place;
    }
}
