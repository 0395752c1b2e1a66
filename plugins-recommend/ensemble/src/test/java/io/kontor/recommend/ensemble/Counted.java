package io.kontor.recommend.ensemble;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Counts products by a key: of what a customer did, the key under which a product is counted; of a request, the keys that are looked up.
 */
record Counted(BiFunction<String, List<Interaction>, List<String>> learned, Function<RecommendationRequest, List<String>> asked)
        implements TrainedRecommender<Map<String, Map<String, Integer>>> {

    /** By nothing: the most popular products. */
    static Counted popular() {
        return new Counted((customer, before) -> List.of(""), request -> List.of(""));
    }

    /** By what the customer did before: products that go together. */
    static Counted together() {
        return new Counted((customer, before) -> before.stream().map(Interaction::product).distinct().toList(),
                request -> request.history().stream().map(Interaction::product).distinct().toList());
    }

    /** By the customer: what each did is known by heart. */
    static Counted byHeart() {
        return new Counted((customer, before) -> List.of(customer), request -> List.of(request.customer().orElse("")));
    }

    @Override
    public Map<String, Map<String, Integer>> train(Training training) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        Map<String, List<Interaction>> before = new HashMap<>();
        Positive.each(training.data(), training.job(), (customer, interaction) -> {
            List<Interaction> known = before.computeIfAbsent(customer, first -> new ArrayList<>());
            learned.apply(customer, known).forEach(key -> counts.computeIfAbsent(key, first -> new TreeMap<>())
                    .merge(interaction.product(), 1, Integer::sum));
            known.add(interaction);
        });
        if (counts.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "There is nothing to count.");
        }
        return counts;
    }

    @Override
    public void write(Map<String, Map<String, Integer>> model, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(model.size());
        for (Map.Entry<String, Map<String, Integer>> one : model.entrySet()) {
            data.writeUTF(one.getKey());
            data.writeInt(one.getValue().size());
            for (Map.Entry<String, Integer> count : one.getValue().entrySet()) {
                data.writeUTF(count.getKey());
                data.writeInt(count.getValue());
            }
        }
    }

    @Override
    public Map<String, Map<String, Integer>> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (int left = data.readInt(); left > 0; left--) {
            Map<String, Integer> one = new TreeMap<>();
            counts.put(data.readUTF(), one);
            for (int count = data.readInt(); count > 0; count--) {
                one.put(data.readUTF(), data.readInt());
            }
        }
        return counts;
    }

    @Override
    public Ranking recommend(Map<String, Map<String, Integer>> model, RecommendationRequest request) {
        Map<String, Integer> sums = new TreeMap<>();
        asked.apply(request).forEach(key -> model.getOrDefault(key, Map.of())
                .forEach((product, count) -> sums.merge(product, count, Integer::sum)));
        List<RankedItem> items = new ArrayList<>();
        sums.entrySet().stream().filter(one -> request.eligible().test(one.getKey()))
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> one) -> -one.getValue()).thenComparing(Map.Entry::getKey))
                .limit(request.n()).forEach(one -> items.add(new RankedItem(one.getKey(), one.getValue(),
                        List.of(new Reason("counted", "Counted " + one.getValue() + " times.", one.getValue())))));
        return new Ranking(items);
    }
}
