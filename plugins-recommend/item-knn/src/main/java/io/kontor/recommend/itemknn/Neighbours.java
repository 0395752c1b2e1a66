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

    private static final int PLAIN = 1;
    private static final int PACKED = 2;
    private static final int LONGEST = 1 << 28;
    private static final int FIRST_ROOM = 1 << 12;

    private final String[] products;
    private final double goodRating;
    private final PairLists lists;
    private final Map<String, Integer> indices;

    Neighbours(String[] products, double goodRating, PairLists lists) {
        this.products = products;
        this.goodRating = goodRating;
        this.lists = lists;
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
        return lists.similarity(source, target);
    }

    /** The same with similarities of eight bits. */
    Neighbours packed() {
        return lists instanceof PlainLists plain ? new Neighbours(products, goodRating, PackedLists.of(plain)) : this;
    }

    /** The best products for a basket that may be in the answer, the best first. */
    int[] best(Basket basket, RecommendationRequest request) {
        float[] scores = new float[products.length];
        for (int i = 0; i < basket.size(); i++) {
            lists.add(basket.product(i), basket.weight(i), scores);
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
        data.writeInt(lists instanceof PlainLists ? PLAIN : PACKED);
        data.writeDouble(goodRating);
        data.writeInt(products.length);
        data.writeInt(lists.pairs());
        for (int i = 0; i < products.length; i++) {
            data.writeUTF(products[i]);
            data.writeInt(lists.length(i));
        }
        lists.write(data);
        data.flush();
    }

    static Neighbours read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        int format = data.readInt();
        if (format != PLAIN && format != PACKED) {
            throw new IOException("this is no model of neighbours of format " + PLAIN + " or " + PACKED);
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
            check(length >= 0 && length <= (format == PLAIN ? pairs : Integer.MAX_VALUE) - starts[i], "its lists are longer than it");
            if (i + 1 == starts.length) {
                starts = Arrays.copyOf(starts, (int) Math.min(products + 1, starts.length * 2L));
            }
            starts[i + 1] = starts[i] + length;
        }
        check(format == PACKED || starts[products] == pairs, "its lists are shorter than it");
        check(new HashSet<>(names).size() == products, "it has a product twice");
        PairLists lists = format == PLAIN ? PlainLists.read(data, starts) : PackedLists.read(data, starts, pairs);
        return new Neighbours(names.toArray(String[]::new), goodRating, lists);
    }

    static void check(boolean right, String wrong) throws IOException {
        if (!right) {
            throw new IOException("the model of neighbours is damaged: " + wrong);
        }
    }
}
