package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
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
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A small recommender for tests: a product counts for a customer by how many others bought it together with something of the customer's
 * history, or, {@code personal = false}, by how many bought it at all. With {@code upsideDown} the list is reversed, which makes it bad.
 */
class CoBought implements TrainedRecommender<CoBought.Baskets> {

    static final int LEAST = 10;

    private final boolean personal;
    private final boolean upsideDown;

    CoBought(boolean personal, boolean upsideDown) {
        this.personal = personal;
        this.upsideDown = upsideDown;
    }

    /**
     * Who bought what.
     *
     * @param buyers customers by product
     */
    record Baskets(TreeMap<String, TreeSet<String>> buyers) {
    }

    @Override
    public Baskets train(Training training) throws Exception {
        TreeMap<String, TreeSet<String>> buyers = new TreeMap<>();
        int[] rows = new int[1];
        training.data().interactions(batch -> {
            training.job().checkCancelled();
            String[] customers = batch.texts("customerId");
            String[] products = batch.texts("productId");
            for (int i = 0; i < batch.size(); i++) {
                buyers.computeIfAbsent(products[i], product -> new TreeSet<>()).add(String.valueOf(customers[i]));
                rows[0]++;
            }
        });
        if (rows[0] < LEAST) {
            throw new KontorException(KontorException.Kind.DATA, rows[0] + " interactions are too few; " + LEAST + " are needed.");
        }
        return new Baskets(buyers);
    }

    @Override
    public void write(Baskets model, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(model.buyers().size());
        for (Map.Entry<String, TreeSet<String>> entry : model.buyers().entrySet()) {
            data.writeUTF(entry.getKey());
            data.writeUTF(String.join(",", entry.getValue()));
        }
        data.flush();
    }

    @Override
    public Baskets read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        TreeMap<String, TreeSet<String>> buyers = new TreeMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            String product = data.readUTF();
            buyers.put(product, new TreeSet<>(List.of(data.readUTF().split(","))));
        }
        return new Baskets(buyers);
    }

    @Override
    public Ranking recommend(Baskets model, RecommendationRequest request) {
        Set<String> kindred = new HashSet<>();
        request.history().forEach(deed -> {
            if (!deed.product().equals("bag")) {
                kindred.addAll(model.buyers().getOrDefault(deed.product(), new TreeSet<>()));
            }
        });
        Map<String, Integer> scores = new HashMap<>();
        model.buyers().forEach((product, buyers) -> scores.put(product,
                personal ? (int) buyers.stream().filter(kindred::contains).count() : buyers.size()));
        List<String> products = new ArrayList<>(scores.keySet());
        Comparator<String> order = Comparator.<String>comparingInt(scores::get).reversed().thenComparing(Comparator.naturalOrder());
        products.sort(upsideDown ? order.reversed() : order);
        List<RankedItem> items = products.stream().filter(request.eligible()).limit(request.n())
                .map(product -> new RankedItem(product, scores.get(product), List.of(new Reason("bought", "Others bought it.", 1)))).toList();
        return new Ranking(items);
    }
}
