package io.kontor.recommend.mostpopular;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.model.Training;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products by how many customers chose them. Immutable; holds no customer. */
final class Popularity {

    private static final int FORMAT = 1;
    private static final Set<String> CHOICES = Set.of("purchase", "cart", "click", "view", "rating");
    private static final double DAY_MILLIS = 86_400_000.0;

    private final String[] products;
    private final double[] scores;
    private final int[] customers;

    private Popularity(String[] products, double[] scores, int[] customers) {
        this.products = products;
        this.scores = scores;
        this.customers = customers;
    }

    /** The last choice of each product by each customer, who is a session where no customer is known. */
    private static final class Count {

        private final Map<String, Map<String, Long>> lastByActor = new HashMap<>();
        private long newest = Long.MIN_VALUE;

        void add(ColumnBatch batch) {
            String[] types = batch.texts("type");
            String[] actors = batch.texts("customerId");
            String[] sessions = batch.texts("sessionId");
            String[] ids = batch.texts("productId");
            long[] times = batch.times("time");
            for (int row = 0; row < batch.size(); row++) {
                String actor = actors[row] != null ? "c" + actors[row] : sessions[row] != null ? "s" + sessions[row] : null;
                if (ids[row] != null && actor != null && CHOICES.contains(types[row])) {
                    lastByActor.computeIfAbsent(ids[row], id -> new HashMap<>()).merge(actor, times[row], Math::max);
                    newest = Math.max(newest, times[row]);
                }
            }
        }
    }

    static Popularity of(Training training, int halfLifeDays) {
        Count count = new Count();
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            count.add(batch);
        });
        if (count.lastByActor.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA,
                    "There are no purchases, carts, clicks, views or ratings to count; import orders or events first.");
        }
        Map<String, Double> scores = new HashMap<>();
        count.lastByActor.forEach((product, last) -> {
            long[] times = last.values().stream().mapToLong(Long::longValue).sorted().toArray();
            double score = 0;
            for (long time : times) {
                score += halfLifeDays == 0 ? 1 : Math.pow(0.5, (count.newest - time) / DAY_MILLIS / halfLifeDays);
            }
            scores.put(product, score);
        });
        List<String> order = new ArrayList<>(scores.keySet());
        order.sort(Comparator.comparing((String product) -> -scores.get(product)).thenComparing(product -> product));
        return new Popularity(order.toArray(String[]::new), order.stream().mapToDouble(scores::get).toArray(),
                order.stream().mapToInt(product -> count.lastByActor.get(product).size()).toArray());
    }

    int size() {
        return products.length;
    }

    String product(int rank) {
        return products[rank];
    }

    double score(int rank) {
        return scores[rank];
    }

    int customers(int rank) {
        return customers[rank];
    }

    void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(FORMAT);
        data.writeInt(products.length);
        for (int rank = 0; rank < products.length; rank++) {
            data.writeUTF(products[rank]);
            data.writeDouble(scores[rank]);
            data.writeInt(customers[rank]);
        }
        data.flush();
    }

    static Popularity read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int format = data.readInt();
        int size = data.readInt();
        if (format != FORMAT || size < 0) {
            throw new IOException("this is no popularity model of format " + FORMAT);
        }
        String[] products = new String[size];
        double[] scores = new double[size];
        int[] customers = new int[size];
        Set<String> once = new HashSet<>();
        for (int rank = 0; rank < size; rank++) {
            products[rank] = data.readUTF();
            scores[rank] = data.readDouble();
            customers[rank] = data.readInt();
            if (!once.add(products[rank])) {
                throw new IOException("the model has the product " + products[rank] + " twice");
            }
        }
        return new Popularity(products, scores, customers);
    }
}
