package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.metric.RankingMetrics;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sums over the answers for customers of whom something is held out. */
final class RankingFigures {

    static final int DEPTH = 20;
    private static final int TOP = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<String>> train;
    private final Map<String, Set<String>> test;
    private final Set<String> shown = new HashSet<>();
    private double ndcg;
    private double recall;
    private double precision;
    private long seen;
    private long shortLists;
    private long fallbacks;

    RankingFigures(Map<String, Set<String>> train, Map<String, Set<String>> test) {
        this.train = train;
        this.test = test;
    }

    void add(String answers) throws IOException {
        for (String line : answers.lines().toList()) {
            JsonNode answer = JSON.readTree(line);
            String customer = answer.get("customer").asText();
            Set<String> held = test.get(customer);
            boolean[] hits = new boolean[DEPTH];
            int rank = 0;
            for (JsonNode item : answer.get("items")) {
                String product = item.get("product").asText();
                seen += train.get(customer).contains(product) ? 1 : 0;
                hits[rank] = held.contains(product);
                if (rank < TOP) {
                    shown.add(product);
                }
                rank++;
            }
            shortLists += rank < DEPTH ? 1 : 0;
            fallbacks += answer.path("fallback").isTextual() ? 1 : 0;
            ndcg += RankingMetrics.ndcg(hits, held.size(), TOP);
            recall += RankingMetrics.recall(hits, held.size(), DEPTH);
            precision += RankingMetrics.averagePrecision(hits, held.size(), TOP);
        }
    }

    List<Object> cells(int products) {
        int asked = test.size();
        return List.of(ndcg / asked, recall / asked, precision / asked, shown.size() / (double) products);
    }

    String wrong() {
        return seen + " products that the customer had already, " + shortLists + " short lists, " + fallbacks + " answers of a fallback";
    }
}
