package io.kontor.recommend.sequential;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.LikelyRanking;

/**
 * What each of the latest choices says for a product: how much lower its score would be without that choice (leaving one out; Zeiler and Fergus
 * 2014 cover parts of pictures in the same way). Immutable; for the answer to one request.
 */
final class Evidence implements LikelyRanking.Parts {

    private static final int MOST = 3;

    private final Encoder encoder;
    private final int size;
    private final float[] encoded;
    private final float[][] without;

    /**
     * Made for one request.
     *
     * @param encoder what was learned
     * @param basket what was chosen, oldest first; at least one product
     */
    Evidence(Encoder encoder, Basket basket) {
        this.encoder = encoder;
        size = basket.size();
        int[] sequence = new int[size];
        for (int place = 0; place < size; place++) {
            sequence[place] = basket.product(place);
        }
        encoded = encoder.encode(sequence);
        without = new float[size == 1 ? 0 : Math.min(MOST, size)][];
        for (int back = 0; back < without.length; back++) {
            int[] rest = new int[size - 1];
            System.arraycopy(sequence, 0, rest, 0, size - 1 - back);
            System.arraycopy(sequence, size - back, rest, size - 1 - back, back);
            without[back] = encoder.encode(rest);
        }
    }

    float[] scores() {
        return encoder.scores(encoded);
    }

    @Override
    public void of(int product, double[] parts) {
        double whole = encoder.score(encoded, product);
        for (int back = 0; back < without.length; back++) {
            parts[size - 1 - back] = whole - encoder.score(without[back], product);
        }
    }
}
