package io.kontor.recommend.itemknn;

import io.kontor.api.recommend.RecommendationRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** For each product the products that it speaks for, in order of index. Immutable; holds no customer. */
final class Neighbours {

    private static final int FORMAT = 1;
    private static final int LONGEST = 1 << 28;
    private static final int FIRST_ROOM = 1 << 12;

    private final String[] products;
    private final double goodRating;
    private final int[] starts;
    private final int[] targets;
    private final float[] similarities;
    private final Map<String, Integer> indices;

    Neighbours(String[] products, double goodRating, int[] starts, int[] targets, float[] similarities) {
        this.products = products;
        this.goodRating = goodRating;
        this.starts = starts;
        this.targets = targets;
        this.similarities = similarities;
        this.indices = new HashMap<>(products.length * 2);
        for (int i = 0; i < products.length; i++) {
            indices.put(products[i], i);
        }
    }

    String product(int index) {
        return products[index];
    }

    /** The index of a product; -1 when the model does not know it. */
    int indexOf(String product) {
        return indices.getOrDefault(product, -1);
    }

    /** The lowest rating that counts as a choice. */
    double goodRating() {
        return goodRating;
    }

    /** How much one product speaks for another; 0 when they are no neighbours. */
    float similarity(int source, int target) {
        int place = Arrays.binarySearch(targets, starts[source], starts[source + 1], target);
        return place < 0 ? 0 : similarities[place];
    }

    /** The best products for a basket that may be in the answer, the best first. */
    int[] best(Basket basket, RecommendationRequest request) {
        float[] scores = new float[products.length];
        for (int i = 0; i < basket.size(); i++) {
            int source = basket.product(i);
            float weight = basket.weight(i);
            for (int place = starts[source]; place < starts[source + 1]; place++) {
                scores[targets[place]] += weight * similarities[place];
            }
        }
        request.product().ifPresent(current -> {
            int index = indexOf(current);
            if (index >= 0) {
                scores[index] = 0;
            }
        });
        NearestHeap best = new NearestHeap(Math.min(request.n(), products.length));
        for (int product = 0; product < scores.length; product++) {
            if (scores[product] > 0 && best.takes(product, scores[product]) && request.eligible().test(products[product])) {
                best.offer(product, scores[product]);
            }
        }
        return best.drain();
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(FORMAT);
        data.writeDouble(goodRating);
        data.writeInt(products.length);
        data.writeInt(targets.length);
        for (int i = 0; i < products.length; i++) {
            data.writeUTF(products[i]);
            data.writeInt(starts[i + 1] - starts[i]);
        }
        for (int i = 0; i < targets.length; i++) {
            data.writeInt(targets[i]);
            data.writeFloat(similarities[i]);
        }
        data.flush();
    }

    static Neighbours read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        int format = data.readInt();
        if (format != FORMAT) {
            throw new IOException("this is no model of neighbours of format " + FORMAT);
        }
        double goodRating = data.readDouble();
        int products = data.readInt();
        int pairs = data.readInt();
        check(Double.isFinite(goodRating), "a rating is no number");
        check(products > 0 && products < LONGEST && pairs > 0 && pairs < LONGEST, "its sizes are impossible");
        // Arrays grow with what is there, so that a damaged size ends at the end of the file and not with the memory.
        List<String> names = new ArrayList<>();
        int[] starts = new int[Math.min(products, FIRST_ROOM) + 1];
        for (int i = 0; i < products; i++) {
            names.add(data.readUTF());
            int length = data.readInt();
            check(length >= 0 && length <= pairs - starts[i], "its lists are longer than it");
            if (i + 1 == starts.length) {
                starts = Arrays.copyOf(starts, more(starts.length, products + 1));
            }
            starts[i + 1] = starts[i] + length;
        }
        check(starts[products] == pairs, "its lists are shorter than it");
        check(new HashSet<>(names).size() == products, "it has a product twice");
        int[] targets = new int[Math.min(pairs, FIRST_ROOM)];
        float[] similarities = new float[targets.length];
        for (int source = 0; source < products; source++) {
            for (int i = starts[source]; i < starts[source + 1]; i++) {
                if (i == targets.length) {
                    targets = Arrays.copyOf(targets, more(i, pairs));
                    similarities = Arrays.copyOf(similarities, targets.length);
                }
                targets[i] = data.readInt();
                similarities[i] = data.readFloat();
                check(targets[i] < products && targets[i] > (i == starts[source] ? -1 : targets[i - 1]), "its lists are not in order");
                check(similarities[i] >= 0 && Float.isFinite(similarities[i]), "a similarity is no number");
            }
        }
        return new Neighbours(names.toArray(String[]::new), goodRating, starts, targets, similarities);
    }

    private static int more(int room, int most) {
        return (int) Math.min(most, room * 2L);
    }

    private static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of neighbours is damaged: " + wrong);
        }
    }
}
